namespace MtlsScenario.Layouts;

/// <summary>How far a file of one engine is that of the other.</summary>
internal enum ByteEquality
{
    /// <summary>They differ.</summary>
    Different,

    /// <summary>The same bytes.</summary>
    ByteForByte,

    /// <summary>The same to-be-signed bytes, and both signatures verify: one by ECDSA or ML-DSA is another each time.</summary>
    ToBeSigned,
}
