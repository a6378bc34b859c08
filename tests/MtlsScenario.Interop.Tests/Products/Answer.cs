namespace MtlsScenario.Interop.Tests.Products;

/// <summary>What becomes of a call.</summary>
internal enum Answer
{
    /// <summary>The caller was let in.</summary>
    LetIn,

    /// <summary>The caller's certificate was verified, and the caller told in the product's own protocol that it is not let in.</summary>
    NotAdmitted,

    /// <summary>There was no word of the product's protocol: TLS failed.</summary>
    TurnedAway,
}
