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
