using System.Text.RegularExpressions;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Binding;

/// <summary>Checks names that become file names.</summary>
internal static partial class IdentifierReader
{
    /// <summary>Reports a name that no file could safely have.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What it is the name of, such as <c>an authority</c>.</param>
    /// <param name="position">Where it is.</param>
    /// <param name="faults">Where the faults go.</param>
    public static void Check(string name, string what, SourcePosition position, FaultList faults)
    {
        if (!Identifier().IsMatch(name))
        {
            faults.Error(
                position,
                DiagnosticCodes.InvalidIdentifier,
                $"{VisibleText.Quoted(name)} cannot be the name of {what}",
                "a letter or digit, then letters, digits, \"_\" or \"-\", at most 64 characters");
        }
        else if (IsReserved(name))
        {
            faults.Error(
                position,
                DiagnosticCodes.ReservedIdentifier,
                $"{VisibleText.Quoted(name)} cannot be the name of {what}: Windows reserves it for a device");
        }
    }

    /// <summary>Whether an authority or a party can be called that.</summary>
    public static bool IsValid(string name) => Identifier().IsMatch(name) && !IsReserved(name);

    /// <summary>Whether Windows has a device of that name.</summary>
    public static bool IsReserved(string name) => Reserved().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^(con|prn|aux|nul|com[1-9]|lpt[1-9])\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();
}
