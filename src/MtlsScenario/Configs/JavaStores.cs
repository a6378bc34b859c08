using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>How a Java program comes to its context of TLS: by the party's key store and trust store.</summary>
internal static class JavaStores
{
    /// <summary>What the method imports.</summary>
    public const string Imports = """
        import java.io.File;
        import java.nio.file.Files;
        import java.nio.file.Path;
        import java.security.KeyStore;

        """;

    /// <summary>What it imports to check CRLs; nothing where it does not.</summary>
    public static string CrlImports(EndFiles files) => files.Crls is null
        ? ""
        : """
        import java.io.InputStream;
        import java.security.cert.CertStore;
        import java.security.cert.CertificateFactory;
        import java.security.cert.CollectionCertStoreParameters;
        import java.security.cert.PKIXBuilderParameters;
        import java.security.cert.X509CertSelector;
        import javax.net.ssl.CertPathTrustManagerParameters;

        """;

    /// <summary>Declares <c>context()</c>.</summary>
    /// <param name="files">The party's files.</param>
    /// <param name="presentsNothing">Whether it has no use for its key.</param>
    public static string Context(EndFiles files, bool presentsNothing = false)
    {
        string own = presentsNothing
            ? ""
            : $$"""
                    char[] password = {{Password(files.KeyPassword)}};
                    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
                    own.init(KeyStore.getInstance(new File({{SourceLiteral.OfJava(files.Formats["p12"])}}), password), password);

            """.ReplaceLineEndings("\n");
        return $$"""

                private static SSLContext context() throws Exception {
            {{own}}        TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
            {{Trust(files)}}        SSLContext context = SSLContext.getInstance("TLS");
                    context.init({{(presentsNothing ? "null" : "own.getKeyManagers()")}}, trusted.getTrustManagers(), null);
                    return context;
                }

            """.ReplaceLineEndings("\n");
    }

    /// <summary>Where CRLs are checked, Java does it by itself, up to the trust anchor, and turns away what it cannot check.</summary>
    private static string Trust(EndFiles files)
    {
        string anchors = $"KeyStore.getInstance(new File({SourceLiteral.OfJava(files.Formats["truststore"])}), {Password(files.TrustPassword)})";
        return files.Crls is null
            ? $"        trusted.init({anchors});\n"
            : $$"""
                    // A CRL that is renewed counts when the program is started anew.
                    PKIXBuilderParameters checks = new PKIXBuilderParameters({{anchors}}, new X509CertSelector());
                    checks.setRevocationEnabled(true);
                    try (InputStream crls = Files.newInputStream(Path.of({{SourceLiteral.OfJava(files.Crls)}}))) {
                        checks.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(CertificateFactory.getInstance("X.509").generateCRLs(crls))));
                    }
                    trusted.init(new CertPathTrustManagerParameters(checks));

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The first lines of a file: what it is, and whose the stores must be.</summary>
    public static string Header(PartySettings party, string place, string comment) => new ConfigHeader(place)
    {
        Comment = comment,
        Files = (party.Files.Formats["p12"], party.Files.Formats["truststore"]),
    }.Of(party);

    /// <summary>The system properties that make the stores those of every program that asks for none.</summary>
    /// <param name="party">The party.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="versions">What else it says: a line each.</param>
    public static ConfigFile Arguments(PartySettings party, string name, string versions)
    {
        EndFiles files = party.Files;
        return new ConfigFile(name, Header(party, $"For programs that make no context of their own: java @{name} …", "#") + $"""
            -Djavax.net.ssl.keyStore={Argument(files.Formats["p12"])}
            -Djavax.net.ssl.keyStoreType=PKCS12
            {ArgumentOfPassword("keyStorePassword", files.KeyPassword)}
            -Djavax.net.ssl.trustStore={Argument(files.Formats["truststore"])}
            -Djavax.net.ssl.trustStoreType=PKCS12
            {ArgumentOfPassword("trustStorePassword", files.TrustPassword)}
            {versions}
            """.ReplaceLineEndings("\n"));
    }

    /// <summary>In quotes a backslash is written twice, and a blank is one.</summary>
    private static string Argument(string path) => $"\"{path.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string ArgumentOfPassword(string property, PasswordSource? source) => source is null
        ? $"-Djavax.net.ssl.{property}={PasswordRules.WellKnown}"
        : $"# -Djavax.net.ssl.{property}=…, which is that of {source}, in a second file of mode 0600";

    private static string Password(PasswordSource? source) => source switch
    {
        null => $"\"{PasswordRules.WellKnown}\".toCharArray()",
        PasswordSource.File file => $"Files.readAllLines(Path.of({SourceLiteral.OfJava(file.Path)})).get(0).toCharArray()",
        PasswordSource.Variable variable => $"System.getenv({SourceLiteral.OfJava(variable.Name)}).toCharArray()",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
