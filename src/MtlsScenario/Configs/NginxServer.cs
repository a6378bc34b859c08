using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>nginx as a server: what goes into its <c>http</c> context, a file in <c>conf.d</c> for example.</summary>
internal static class NginxServer
{
    /// <summary>A label that a wildcard stands for, in a name in which <c>,</c> and the like are escaped.</summary>
    private const string Label = @"(?:[^.?#@:,+\\]|\\[^#])+";

    /// <summary>An attribute that is no common name.</summary>
    private const string OtherAttribute = @"(?!CN=)[^=,+\\]+=(?:[^,+\\]|\\.)*";

    /// <summary>The configuration, or why nginx cannot do it.</summary>
    public static ConfigOutcome Of(ServerSettings server, string name)
    {
        EndFiles files = server.Files;
        if (server.Admits?.FirstOrDefault(entry => entry.Kind is not null) is { } typed)
        {
            return new ConfigOutcome.Refused(
                $"nginx cannot tell callers by their subject alternative names, and {server.Party} admits {VisibleText.Quoted(typed.ToString())}",
                "it can by a common name; node and kestrel can by both");
        }

        if (!files.IntermediateAnchors.IsEmpty)
        {
            return new ConfigOutcome.Refused(
                $"nginx takes only roots for trust anchors, and {server.Party} trusts {files.IntermediateAnchors[0]}",
                "node, openssl and kestrel can");
        }

        if (new[] { files.Presented, files.Key, files.Anchors! }.FirstOrDefault(NginxLiteral.HasVariable) is { } path)
        {
            return new ConfigOutcome.Refused($"nginx would take the $ in {VisibleText.Quoted(path)} for a variable", "take a folder without it");
        }

        return ConfigOutcome.Of(name, Text(server));
    }

    private static string Text(ServerSettings server)
    {
        EndFiles files = server.Files;
        string versions = server.MinimumTls == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2 TLSv1.3";
        string map = server.Admits is { } admits ? AdmissionMap(server.Party, admits) : "";
        string check = server.Admits is null
            ? ""
            : $$"""

                    if (${{VariableOf(server.Party)}} = 0) {
                        return 403;
                    }

                """.ReplaceLineEndings("\n");
        return $$"""
            # {{server.Party}} of the scenario {{server.Scenario}}: goes into the http context. Relative paths start from nginx's folder of configuration.
            {{map}}server {
                listen {{NginxLiteral.Of(server.Listen.ToString())}} ssl;
                ssl_certificate {{NginxLiteral.Of(files.Presented)}};
                ssl_certificate_key {{NginxLiteral.Of(files.Key)}};
                ssl_protocols {{versions}};

                # The callers' certificates, and no session that was opened for another server.
                ssl_client_certificate {{NginxLiteral.Of(files.Anchors!)}};
                ssl_verify_client on;
                ssl_verify_depth 10;
                ssl_session_cache none;
                ssl_session_tickets off;
            {{check}}
                location / {
                    default_type text/plain;
                    return 200 "Hello, $ssl_client_s_dn. This is {{server.Party}}.\n";
                }
            }

            """.ReplaceLineEndings("\n");
    }

    /// <summary>
    /// The subject comes as RFC 2253 writes it. The whole of it is matched, attribute by attribute, so that a value that
    /// holds "CN=" is not taken for a common name.
    /// </summary>
    private static string AdmissionMap(string party, ImmutableArray<AdmissionPattern> admits)
    {
        var map = new StringBuilder();
        map.Append(CultureInfo.InvariantCulture, $"# Whom {party} lets in, of those whose certificate is verified, by their only CN.\n");
        map.Append(CultureInfo.InvariantCulture, $"map $ssl_client_s_dn ${VariableOf(party)} {{\n    default 0;\n");
        foreach (AdmissionPattern entry in admits)
        {
            string commonName = AdmissionExpression.Labels(DistinguishedNameText.Escape(entry.Pattern), Label);
            string whole = $@"^(?:{OtherAttribute}[,+])*CN={commonName}(?:[,+]{OtherAttribute})*\z";
            map.Append(CultureInfo.InvariantCulture, $"    {NginxLiteral.Of("~" + whole)} 1;\n");
        }

        return map.Append("}\n\n").ToString();
    }

    private static string VariableOf(string party) => "admitted_by_" + string.Concat(
        party.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_')).TrimEnd('_');
}
