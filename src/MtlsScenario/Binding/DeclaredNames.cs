using MtlsScenario.Diagnostics;

namespace MtlsScenario.Binding;

/// <summary>The authorities and parties of a file, known before any of them is read: names can be used before they are declared.</summary>
internal sealed class DeclaredNames(IReadOnlySet<string> authorities, IReadOnlySet<string> parties, FaultList faults)
{
    /// <summary>The name of an authority as written; a fault where there is none of it.</summary>
    public string? ReadAuthority(Field field) =>
        Read(field, "authority", DiagnosticCodes.UnknownAuthority, authorities, (parties, "a party"));

    /// <summary>The name of a party as written; a fault where there is none of it.</summary>
    public string? ReadParty(Field field) =>
        field.Text(faults, "the name of a party") is { } name ? CheckParty(name, field) : null;

    /// <summary>The name, and a fault where there is no party of it.</summary>
    public string CheckParty(string name, Field field) =>
        Check(name, field, "party", DiagnosticCodes.UnknownParty, parties, (authorities, "an authority"));

    private string? Read(
        Field field, string kind, string code, IReadOnlySet<string> known, (IReadOnlySet<string> Names, string Kind) other) =>
        field.Text(faults, $"the name of an {kind}") is { } name ? Check(name, field, kind, code, known, other) : null;

    private string Check(
        string name,
        Field field,
        string kind,
        string code,
        IReadOnlySet<string> known,
        (IReadOnlySet<string> Names, string Kind) other)
    {
        if (!known.Contains(name))
        {
            string? hint = other.Names.Contains(name)
                ? $"{VisibleText.Quoted(name)} is {other.Kind}"
                : NearestName.Hint(name, known);
            faults.Error(field.Position, code, $"there is no {kind} {VisibleText.Quoted(name)}", hint);
        }

        return name;
    }
}
