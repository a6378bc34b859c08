using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>The commands that sign CRLs and put several into one file.</summary>
/// <param name="text">Where they go.</param>
/// <param name="scope">The steps of the script.</param>
/// <param name="date">Writes an instant as a word of the shell, for the functions that it needs.</param>
internal sealed class CrlCommands(ScriptText text, ScriptScope scope, Func<TimePoint, string> date)
{
    private const string Config = "crl.cnf";
    private const string Forger = "forger.crt";

    /// <summary>The functions that the commands use.</summary>
    public ShellFunctions Functions { get; private set; }

    /// <summary>Whether openssl from 3.0 on is needed: 1.1.1 can say how long a list lasts from now on, and nothing else.</summary>
    public static bool NeedsDates(SignCrl sign) => sign.Template.Validity is { } validity && !LastsFromNow(validity);

    /// <summary>Signs a list: what is remembered, what the scenario asks for, and the next number.</summary>
    public void Write(SignCrl sign)
    {
        Functions |= ShellFunctions.Crl | ShellFunctions.DateAt;
        string issuer = Issuer(text, sign, "");
        text.Command("remember", [issuer, .. scope.CrlFiles(sign).Select(StepCommands.Word)]);
        WriteWanted(sign.Template);
        text.Line("crl_index");
        WriteConfig(sign, issuer);
        string[] command =
        [
            "-gencrl", "-config " + Config, "-cert " + issuer, "-keyfile " + StepCommands.Word(sign.Signer.KeyFile),
            .. scope.Seeded is null ? [] : StepOptions.SameSignature(sign.Signer.Algorithm), "-out " + StepCommands.Word(sign.CrlFile),
        ];
        if (sign.Template.Validity is { } validity)
        {
            text.Command("openssl ca", [.. command, .. Dates(validity, date)]);
            return;
        }

        Functions |= ShellFunctions.CrlUntilEnd;
        text.Command($"until_end {StepCommands.Word(sign.Issuer.CertificateFile)} ca", command);
    }

    /// <summary>Puts lists into one file; one that others are yet to send is left out.</summary>
    public void Write(WriteCrls write)
    {
        if (write.CrlFiles.All(scope.Makes))
        {
            text.Line($"cat {string.Join(' ', write.CrlFiles.Select(StepCommands.Word))} >{StepCommands.Word(write.BundleFile)}");
            return;
        }

        string files = string.Join(' ', write.CrlFiles.Select(StepCommands.Word));
        if (write.CrlFiles.Length == 1)
        {
            // A loop over one word is a mistake in the eyes of those who check scripts.
            text.Line($"[ ! -e {files} ] || cat {files} >{StepCommands.Word(write.BundleFile)}");
            return;
        }

        text.Open($"for file in {files}; do");
        text.Line("[ ! -e \"$file\" ] || cat \"$file\"");
        text.Close($"done >{StepCommands.Word(write.BundleFile)}");
    }

    private void WriteWanted(CrlTemplate template)
    {
        foreach (RevokedSerial revoked in template.Revokes)
        {
            text.Line($"want {StepOptions.Hex(revoked.Serial)} {Details(revoked.Reason, revoked.At)}");
        }

        foreach (RevokedCertificate revoked in template.Revoked)
        {
            string revoke = $"revoke {StepCommands.Word(revoked.CertificateFile)} {Details(revoked.Revocation.Reason, revoked.Revocation.At)}";
            Loop.Around(text, revoked, () => text.Line(revoke));
        }
    }

    /// <summary>Reason and date; a written instant has the last word, and any other gives way to what is remembered.</summary>
    private string Details(RevocationReason? reason, TimePoint? at)
    {
        string word = reason is { } said ? RevocationReasonNames.NameOf(said) : "-";
        return at switch
        {
            null => word,
            TimePoint.Instant => $"{word} {date(at)} written",
            _ => $"{word} {date(at)}",
        };
    }

    /// <summary>The file of the certificate by whose name the list is signed; where another's key signs it, one with that key is made first.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="sign">The list.</param>
    /// <param name="folder">Where that one goes, empty or ending in a slash.</param>
    public static string Issuer(ScriptText text, SignCrl sign, string folder)
    {
        string issuer = StepCommands.Word(sign.Issuer.CertificateFile);
        if (sign.Signer.Name == sign.Issuer.Name)
        {
            return issuer;
        }

        text.Line($"openssl x509 -in {issuer} -signkey {StepCommands.Word(sign.Signer.KeyFile)} -out {folder}{Forger}");
        return folder + Forger;
    }

    /// <summary>The sections of the configuration that are about CRLs.</summary>
    /// <param name="config">Where to.</param>
    /// <param name="authority">Whose list it is.</param>
    /// <param name="digest">The digest of its signature.</param>
    /// <param name="folder">Where its database is, empty or ending in a slash.</param>
    /// <returns>Whether the extensions are yet to be written, for nobody knows what the authority's certificate has.</returns>
    public static bool WriteSections(OpenSslConfig config, PlannedCertificate authority, DigestAlgorithm digest, string folder)
    {
        config.Section("ca");
        config.Set("default_ca", "list");
        config.Section("list");
        config.Set("database", folder + "index.txt");
        config.Set("crlnumber", folder + "crlnumber.txt");
        config.Set("unique_subject", "no");
        config.Set("default_md", KeyNames.Of(digest));
        if (authority.IsExternal || authority.Adopted is not null || authority.Template!.Extensions.Any(extension => extension is PlannedExtension.SubjectKeyIdentifier))
        {
            config.Set("crl_extensions", "extensions");
            config.Section("extensions");
            if (authority.IsExternal || authority.Adopted is not null)
            {
                return true;
            }

            config.Set("authorityKeyIdentifier", "keyid:always");
        }

        return false;
    }

    /// <summary>The options for the dates of a list.</summary>
    public static IEnumerable<string> Dates(Lifetime validity, Func<TimePoint, string> date) => LastsFromNow(validity)
        ? [string.Create(CultureInfo.InvariantCulture, $"-crlsec {(long)((TimePoint.Offset)validity.Until).FromNow.TotalSeconds}")]
        : ["-crl_lastupdate " + date(validity.From), "-crl_nextupdate " + date(validity.Until)];

    private void WriteConfig(SignCrl sign, string issuer)
    {
        var config = new OpenSslConfig();
        if (WriteSections(config, scope.Find(sign.Issuer.Name), sign.Template.Digest, ""))
        {
            Functions |= ShellFunctions.AuthorityKeyIdentifier;
            config.Commands($"authority_key_identifier {issuer} | grep always || :");
        }

        config.Write(text, Config);
    }

    private static bool LastsFromNow(Lifetime validity) => validity is
    {
        From: TimePoint.Offset { FromNow.Ticks: 0 },
        Until: TimePoint.Offset { FromNow.Ticks: > 0 },
    };
}
