using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>HAProxy as a server that answers by itself; whoever has a backend puts it in place of the answer.</summary>
internal static class HaproxyServer
{
    /// <summary>
    /// The configuration, or what it lacks. HAProxy looks for the key beside the certificate, under the certificate's name with
    /// <c>.key</c> (that is what ssl-load-extra-del-ext says); where it is called otherwise, as beside a chain, both are to be in one file.
    /// </summary>
    public static ConfigOutcome Of(ServerSettings server, string name)
    {
        EndFiles files = server.Files;
        bool isBeside = string.Equals(Path.ChangeExtension(files.Presented, ".key"), files.Key, StringComparison.Ordinal);
        if ((isBeside ? files.Presented : files.Formats.GetValueOrDefault("pem")) is not { } crt)
        {
            return ConfigRefusals.OfFormats("haproxy", server, "pem");
        }

        string crls = files.Crls is null ? "" : $" crl-file {HaproxyLiteral.Of(files.Crls)}";
        string renewal = files.Crls is null ? "" : "    # The CRLs are read when haproxy is started or told to reload; a session that is resumed would not be checked against them.\n";
        string minimum = server.MinimumTls == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2";
        var header = new ConfigHeader("Goes to /etc/haproxy/haproxy.cfg.\nRelative paths start from the folder that haproxy is started in.")
        {
            ReadsAsRoot = true,
            Files = isBeside ? (files.Key, $"{crt}, {files.Anchors}") : (crt, files.Anchors!),
        };
        return ConfigOutcome.Of(name, $$"""
            {{header.Of(server)}}global
                ssl-load-extra-del-ext
                # The cache is one for all frontends, whomever they trust.
                tune.ssl.cachesize 0

            defaults
                mode http
                timeout connect 5s
                timeout client 30s
                timeout server 30s

            frontend {{GeneratedName.Of("mtls", server.Scenario, server.Party)}}
            {{renewal}}    bind {{HaproxyLiteral.Of(server.Listen.ToString())}} ssl crt {{HaproxyLiteral.Of(crt)}} ca-file {{HaproxyLiteral.Of(files.Anchors!)}} verify required{{crls}} ssl-min-ver {{minimum}} no-tls-tickets
                # Where the cache is on: a session that is resumed was opened by whoever another frontend let in.
                http-request deny deny_status 403 if { ssl_fc_is_resumed }
            {{Admission(server)}}    http-request return status 200 content-type text/plain lf-string "Hello, %[ssl_c_s_dn]. This is {{server.Party}}.\n"

            """.ReplaceLineEndings("\n"));
    }

    /// <summary>
    /// The common name is matched as it stands in the certificate, and the subject as RFC 2253 writes it: there a NUL is escaped
    /// and no end, and a value that is no text is none.
    /// </summary>
    private static string Admission(ServerSettings server)
    {
        if (server.Admits is not { } admits)
        {
            return "";
        }

        if (admits.IsEmpty)
        {
            return $"    # {server.Party} lets in nobody.\n    http-request deny deny_status 403\n";
        }

        string admitted = GeneratedName.Of("admitted", server.Scenario, server.Party);
        string only = GeneratedName.Of("only", server.Scenario, server.Party);
        string entries = string.Concat(admits.Select(entry =>
            $"    acl {admitted} ssl_c_s_dn(CN) -m reg -- {Whole(AdmissionExpression.Of(entry))}\n"
            + $"    acl {only} ssl_c_s_dn(,0,rfc2253) -m reg -- {Whole(DistinguishedNameExpression.Rfc2253(entry))}\n"));
        return $"""
                # Whom {server.Party} lets in, of those whose certificate is verified, by their only CN.
            {entries}    http-request deny deny_status 403 unless {admitted} {only}

            """.ReplaceLineEndings("\n");
    }

    private static string Whole(string expression) => HaproxyLiteral.Of($@"\A(?:{expression})\z");
}
