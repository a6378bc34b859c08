namespace MtlsScenario.Scripting;

/// <summary>The configuration that stands in for the machine's, which has no say.</summary>
internal static class OwnConfig
{
    private const string RootSection = "root";

    /// <summary>Writes the shell that writes it.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="file">The file of the configuration.</param>
    /// <param name="folder">What goes before the files that <c>openssl ca</c> works with: nothing, or a folder and a slash.</param>
    /// <param name="issues">Whether <c>openssl ca</c> is used.</param>
    /// <param name="hasRoot">Whether a bare root is made, whose extensions stand there.</param>
    public static void Write(ScriptText text, string file, string folder, bool issues, bool hasRoot)
    {
        var config = new OpenSslConfig();
        if (issues)
        {
            config.Section("ca");
            config.Set("default_ca", "issue");
            config.Section("issue");
            config.Set("database", folder + "index.txt");
            config.Set("new_certs_dir", folder.Length == 0 ? "." : folder.TrimEnd('/'));
            config.Set("serial", folder + "serial.txt");
            config.Set("policy", "any");
            config.Set("unique_subject", "no");
            config.Set("email_in_dn", "yes");
            config.Set("copy_extensions", "none");
            config.Section("any");
            config.Set("commonName", "optional");
        }

        if (hasRoot)
        {
            config.Section("req");
            config.Set("distinguished_name", ConfigSections.Subject);
            config.Set("x509_extensions", RootSection);
            config.Section(ConfigSections.Subject);
            config.Section(RootSection);
            config.Set("subjectKeyIdentifier", "hash");
            config.Set("authorityKeyIdentifier", "keyid:always");
            config.Set("basicConstraints", "critical, CA:TRUE");
        }

        config.Write(text, file);
    }
}
