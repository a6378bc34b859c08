using System.Collections.Immutable;

namespace MtlsScenario.Layouts;

/// <summary>What came of comparing a file of the script with what the native issuer makes.</summary>
/// <param name="File">The file, relative to the folder.</param>
/// <param name="Equality">How far they are equal.</param>
/// <param name="Drawn">
/// What the script drew when it ran, and the comparison took over: the serial, the dates, both or nothing. Random serials
/// were found in range, and relative dates as far apart and as far from the run as they should be.
/// </param>
/// <param name="Differences">What differs; none where they are equal.</param>
internal sealed record FileComparison(
    string File, ByteEquality Equality, ImmutableArray<string> Drawn, ImmutableArray<FieldDifference> Differences)
{
    /// <summary>A file that is not what it should be, for one reason.</summary>
    public static FileComparison Fault(string file, string field, string native, string script) =>
        new(file, ByteEquality.Different, [], [new FieldDifference(field, native, script)]);
}

/// <summary>One thing that two engines made differently. The texts may hold control characters of a certificate's.</summary>
/// <param name="Field">What, in the words of RFC 5280.</param>
/// <param name="Native">What the native issuer wrote.</param>
/// <param name="Script">What the script wrote.</param>
internal sealed record FieldDifference(string Field, string Native, string Script);

/// <summary>How far a file of one engine is that of the other.</summary>
internal enum ByteEquality
{
    /// <summary>The files differ in more than what chance decides.</summary>
    Different,

    /// <summary>The files hold the same bytes.</summary>
    ByteForByte,

    /// <summary>The same to-be-signed bytes, and both signatures verify: one by ECDSA or ML-DSA is another each time.</summary>
    ToBeSigned,
}
