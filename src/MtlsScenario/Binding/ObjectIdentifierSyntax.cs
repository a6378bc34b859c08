using System.Text.RegularExpressions;

namespace MtlsScenario.Binding;

/// <summary>Object identifiers in dotted form.</summary>
internal static partial class ObjectIdentifierSyntax
{
    private const int Longest = 128;

    /// <summary>Whether DER has an encoding for it: at least two arcs, the second below 40 under 0 and 1 (X.690 section 8.19).</summary>
    public static bool IsValid(string text) => text.Length <= Longest && Dotted().IsMatch(text);

    [GeneratedRegex(@"^([01]\.(0|[1-9]|[123][0-9])|2\.(0|[1-9][0-9]*))(\.(0|[1-9][0-9]*))*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Dotted();
}
