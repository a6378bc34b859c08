using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>nginx as a server: what goes into its <c>http</c> context, a file in <c>conf.d</c> for example.</summary>
internal static class NginxServer
{
    /// <summary>The configuration.</summary>
    public static ConfigOutcome Of(ServerSettings server, string name) => ConfigOutcome.Of(name, Text(server));

    private static string Text(ServerSettings server)
    {
        EndFiles files = server.Files;
        string versions = server.MinimumTls == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2 TLSv1.3";
        string crls = files.Crls is null ? "" : $"    # Read when nginx is started or told to reload; a session that is resumed would not be checked against them.\n    ssl_crl {NginxLiteral.Of(files.Crls)};\n";
        string admission = server.Admits is { } admits ? Admission(server, admits) : "";
        return $$"""
            {{new ConfigHeader("Goes into the http context, as to /etc/nginx/conf.d.\nRelative paths start from nginx's folder of configuration.") { ReadsAsRoot = true }.Of(server)}}server {
                listen {{NginxLiteral.Of(server.Listen.ToString())}} ssl;
                ssl_certificate {{NginxLiteral.Of(files.Presented)}};
                ssl_certificate_key {{NginxLiteral.Of(files.Key)}};
                ssl_protocols {{versions}};

                # The callers' certificates, and no session that was opened for another server.
                ssl_client_certificate {{NginxLiteral.Of(files.Anchors!)}};
                ssl_verify_client on;
                ssl_verify_depth 10;
            {{crls}}    ssl_session_cache none;
                ssl_session_tickets off;
            {{admission}}
                location / {
                    default_type text/plain;
                    return 200 "Hello, $ssl_client_s_dn. This is {{server.Party}}.\n";
                }
            }

            """.ReplaceLineEndings("\n");
    }

    /// <summary>
    /// The variables are set here and not by a <c>map</c>: of two maps to one variable the last would count for both servers.
    /// </summary>
    private static string Admission(ServerSettings server, ImmutableArray<AdmissionPattern> admits)
    {
        string admitted = "$" + GeneratedName.Of("admitted", server.Scenario, server.Party);
        string caller = "$" + GeneratedName.Of("caller", server.Scenario, server.Party);
        string entries = string.Concat(admits.Select(entry => $$"""
                if ({{caller}} ~ {{NginxLiteral.Of($@"^{DistinguishedNameExpression.OneLine(entry)}\n{DistinguishedNameExpression.Rfc2253(entry)}\z")}}) {
                    set {{admitted}} 1;
                }

            """));
        return $$"""

                # Whom {{server.Party}} lets in, of those whose certificate is verified, by their only CN, in both forms that nginx knows.
                set {{admitted}} 0;
                set {{caller}} "$ssl_client_s_dn_legacy\n$ssl_client_s_dn";
            {{entries}}    if ({{admitted}} = 0) {
                    return 403;
                }

            """.ReplaceLineEndings("\n");
    }
}
