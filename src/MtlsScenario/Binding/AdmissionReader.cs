using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>Reads the callers that a server admits.</summary>
internal static class AdmissionReader
{
    /// <summary>The patterns, in order; null where it is no list.</summary>
    public static ImmutableArray<AdmissionPattern>? Read(Field field, FaultList faults) =>
        field.Items(faults, "a list of callers")?.Select(item => ReadPattern(item, faults)).OfType<AdmissionPattern>().ToImmutableArray();

    private static AdmissionPattern? ReadPattern(Field item, FaultList faults)
    {
        if (item.Text(faults, "a common name, or a name with its kind") is not { } text)
        {
            return null;
        }

        (GeneralNameKind Kind, string Value)? typed = NameSyntax.Typed(text);
        string pattern = typed?.Value ?? text;
        if (pattern.Length == 0 || pattern.Any(char.IsControl))
        {
            Fault(item, text, faults, "write a common name, or a name with its kind: dns:, ip:, email: or uri:");
            return null;
        }

        if (Parts(typed?.Kind, pattern).Any(part => part.Contains('*', StringComparison.Ordinal) && part != "*"))
        {
            Fault(item, text, faults, "a \"*\" is a whole label or a whole path segment");
            return null;
        }

        if (typed is not { } name)
        {
            return new AdmissionPattern(null, text);
        }

        // Judged with a letter in place of each wildcard, and kept with the wildcards.
        if (NameSyntax.Canonical(name.Kind, pattern.Replace('*', 'x'), replicas: null, out string? problem) is null)
        {
            Fault(item, text, faults, problem!);
            return null;
        }

        return new AdmissionPattern(name.Kind, pattern.Contains('*', StringComparison.Ordinal)
            ? pattern
            : NameSyntax.Canonical(name.Kind, pattern, replicas: null, out _)!);
    }

    /// <summary>The labels and path segments, each of which a wildcard can stand for.</summary>
    private static string[] Parts(GeneralNameKind? kind, string pattern)
    {
        if (kind == GeneralNameKind.Email)
        {
            // Nor for a mailbox.
            int domain = pattern.LastIndexOf('@') + 1;
            return [pattern[..domain], .. pattern[domain..].Split('.')];
        }

        if (kind != GeneralNameKind.Uri)
        {
            return pattern.Split('.');
        }

        // A wildcard stands for no scheme, nor for what follows one where there is no authority.
        UriParts uri = UriParts.Of(pattern);
        return uri.Authority is null
            ? pattern.Split('/')
            : [$"{uri.Scheme}:", .. uri.Authority.Split('.'), .. uri.Path.Split('/')];
    }

    private static void Fault(Field item, string text, FaultList faults, string hint) => faults.Error(
        item.Position, DiagnosticCodes.InvalidPattern, $"{VisibleText.Quoted(text)} matches no caller", hint);
}
