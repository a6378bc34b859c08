using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>Reads subject alternative names.</summary>
/// <param name="replicas">How many of its party there are; null where it has no replicas.</param>
/// <param name="faults">Where the faults go.</param>
internal sealed class NameReader(int? replicas, FaultList faults)
{
    /// <summary>The names, in order, each once; null where it is no list.</summary>
    public ImmutableArray<GeneralName>? ReadAll(Field field) =>
        field.Items(faults, "a list of names")?.ReadOnce(Read, faults);

    /// <summary>A common name as an alternative name, where it is a DNS name or an IP address; otherwise null.</summary>
    public GeneralName? FromCommonName(string commonName)
    {
        GeneralNameKind kind = HostSyntax.Address(HostSyntax.ForLargest(commonName, replicas)) is null
            ? GeneralNameKind.Dns
            : GeneralNameKind.IpAddress;
        return NameSyntax.Canonical(kind, commonName, replicas, out _) is { } value ? new GeneralName(kind, value) : null;
    }

    /// <summary>A hint where the kind is said as openssl does, <c>DNS:localhost</c>.</summary>
    private static string? Prefixed(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && NameSyntax.Typed(text) is null && NameSyntax.Typed(text[..colon].ToLowerInvariant() + text[colon..]) is { } typed
            ? $"write {VisibleText.Quoted($"{GeneralName.Prefix(typed.Kind)}:{typed.Value}")}"
            : null;
    }

    private GeneralName? Read(Field item)
    {
        if (item.Text(faults, NameSyntax.Kinds) is not { } text)
        {
            return null;
        }

        (GeneralNameKind kind, string written) = NameSyntax.KindOf(text, replicas);
        if (NameSyntax.Canonical(kind, written, replicas, out string? problem) is { } value)
        {
            return new GeneralName(kind, value);
        }

        string what = NameSyntax.Typed(text) is null && kind == GeneralNameKind.Dns ? NameSyntax.Kinds : NameSyntax.Describe(kind);
        faults.Error(item.Position, DiagnosticCodes.InvalidName, $"{VisibleText.Quoted(text)} is not {what}", Prefixed(text) ?? problem);
        return null;
    }
}
