using System.Collections.Immutable;
using System.Net;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>The lines of a Node program that tell who is let in.</summary>
internal static class NodeAdmission
{
    /// <summary>Declares <c>isAdmitted(certificate)</c>.</summary>
    public static string Of(string party, ImmutableArray<AdmissionPattern> admits)
    {
        string entries = string.Concat(admits.Select(entry => $"  [{KindOf(entry.Kind)}, /^{ExpressionOf(entry)}$/],\n"));
        return $$"""

            // Whom {{party}} lets in, of those whose certificate is verified.
            const admits = [
            {{entries}}];

            // Parts of a name that have no case, in small letters.
            const normal = {
              DNS: (name) => name.toLowerCase(),
              email: (name) => name.replace(/@[^@]*$/, (domain) => domain.toLowerCase()),
              URI: (name) => name.replace(/^[^/:]*:(?:\/\/[^/]*)?/, (origin) => origin.toLowerCase()),
            };

            function namesOf(certificate) {
              const commonNames = [certificate.subject.CN ?? []].flat();
              const names = commonNames.length === 1 ? [['CN', commonNames[0]]] : [];
              // KIND:NAME, KIND:NAME; Node writes a name that holds a comma or a quote as a string of JSON.
              const list = /(?:^|, )([^:",]+):(?:("(?:[^"\\]|\\.)*")|([^,"]*))(?=, |$)/gy;
              for (const [, kind, quoted, plain] of (certificate.subjectaltname ?? '').matchAll(list)) {
                const name = quoted ? JSON.parse(quoted) : plain;
                names.push([kind, normal[kind]?.(name) ?? name]);
              }
              return names;
            }

            function isAdmitted(certificate) {
              const names = namesOf(certificate);
              return admits.some(([kind, pattern]) => names.some((name) => name[0] === kind && pattern.test(name[1])));
            }

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The word that Node has for a kind of name.</summary>
    private static string KindOf(GeneralNameKind? kind) => kind switch
    {
        null => "'CN'",
        GeneralNameKind.Dns => "'DNS'",
        GeneralNameKind.Email => "'email'",
        GeneralNameKind.Uri => "'URI'",
        GeneralNameKind.IpAddress => "'IP Address'",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string ExpressionOf(AdmissionPattern entry) => entry.Kind == GeneralNameKind.IpAddress
        ? AdmissionExpression.OpenSslText(IPAddress.Parse(entry.Pattern))
        : InLiteral(AdmissionExpression.Of(entry));

    /// <summary>A line separator would end a regular expression literal.</summary>
    private static string InLiteral(string expression) => expression
        .Replace("\u2028", "\\u2028", StringComparison.Ordinal)
        .Replace("\u2029", "\\u2029", StringComparison.Ordinal);
}
