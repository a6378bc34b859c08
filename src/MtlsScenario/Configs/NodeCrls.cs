namespace MtlsScenario.Configs;

/// <summary>The lines of a Node program that check CRLs.</summary>
internal static class NodeCrls
{
    /// <summary>Declares <c>crls</c>. Of a text with several Node would read the first, and where there are none it would check nothing.</summary>
    public static string Declaration(EndFiles files) => files.Crls is null
        ? ""
        : $"""
            // Each in a text of its own, and at least one. A CRL that is renewed counts when the program is started anew.
            const crls = fs.readFileSync({JavaScriptLiteral.Of(files.Crls)}, 'latin1').match(/-----BEGIN X509 CRL-----[^-]+-----END X509 CRL-----/g);
            if (!crls) throw new Error('there is no CRL');

            """.ReplaceLineEndings("\n");

    /// <summary>The option.</summary>
    public static string Option(EndFiles files) => files.Crls is null ? "" : "  crl: crls,\n";
}
