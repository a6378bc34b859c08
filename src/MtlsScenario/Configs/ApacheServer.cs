using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>Apache as a server: a virtual host of its own, which answers by itself.</summary>
internal static class ApacheServer
{
    /// <summary>The configuration.</summary>
    public static ConfigOutcome Of(ServerSettings server, string name)
    {
        EndFiles files = server.Files;
        string versions = server.MinimumTls == TlsVersion.Tls13 ? "+TLSv1.3" : "+TLSv1.2 +TLSv1.3";
        string header = new ConfigHeader("Goes to /etc/apache2/sites-enabled; needs mod_ssl.\nRelative paths start from ServerRoot.") { ReadsAsRoot = true }.Of(server);
        return ConfigOutcome.Of(name, header + $"""
            Listen {server.Listen}
            <VirtualHost {server.Listen}>
                ServerName {server.Listen}
                SSLEngine on
                SSLCertificateFile {ApacheLiteral.Of(files.Presented)}
                SSLCertificateKeyFile {ApacheLiteral.Of(files.Key)}
                SSLProtocol -all {versions}

                # The callers' certificates, and no session that was opened before.
                SSLCACertificateFile {ApacheLiteral.Of(files.Anchors!)}
                SSLVerifyClient require
                SSLVerifyDepth 10
            {Crls(files)}    SSLSessionTickets off
                <Location "/">
                    # Here and not outside: there it would be answered before anybody is asked for.
                    Redirect 200 "/"
                    <RequireAll>
                        Require expr %{"{"}SSL_SESSION_RESUMED{"}"} == 'Initial'
            {Admission(server)}        </RequireAll>
                </Location>

                ErrorDocument 200 "Hello. This is {server.Party}."
            </VirtualHost>

            """.ReplaceLineEndings("\n"));
    }

    /// <summary>Without the second line Apache reads the CRLs and checks nothing.</summary>
    private static string Crls(EndFiles files) => files.Crls is null
        ? ""
        : $"""
                # Read when Apache is started or told to reload; a session that is resumed would not be checked against them.
                SSLCARevocationFile {ApacheLiteral.Of(files.Crls)}
                SSLCARevocationCheck chain

            """.ReplaceLineEndings("\n");

    private static string Admission(ServerSettings server) => server.Admits switch
    {
        null => "",
        [] => $"            # {server.Party} lets in nobody.\n            Require all denied\n",
        { } admits => $"""
                        # Whom {server.Party} lets in, of those whose certificate is verified, by their only CN.
                        <RequireAny>
            {string.Concat(admits.Select(entry => $"                Require expr %{{SSL_CLIENT_S_DN}} =~ {ApacheLiteral.Expression($@"\A{DistinguishedNameExpression.Rfc2253(NameOf(entry))}\z")}\n"))}            </RequireAny>

            """.ReplaceLineEndings("\n"),
    };

    /// <summary>Apache leaves what is not ASCII as it is.</summary>
    private static string NameOf(AdmissionPattern entry) => AdmissionExpression.Labels(DistinguishedNameText.Escape(entry.Pattern, isAscii: false));
}
