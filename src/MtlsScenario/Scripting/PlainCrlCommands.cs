using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>
/// The commands that sign a CRL as one would type them. A plain script overwrites nothing, so there is nothing to be remembered.
/// </summary>
/// <param name="text">Where they go.</param>
/// <param name="scope">The steps of the script.</param>
/// <param name="date">Writes an instant as a word of the shell.</param>
internal sealed class PlainCrlCommands(ScriptText text, ScriptScope scope, Func<TimePoint, string> date)
{
    private const string Folder = PlainCommands.WorkFolder + "/";
    private const string Now = "\"$(date -u +%Y%m%d%H%M%SZ)\"";

    /// <summary>Signs a list.</summary>
    public void Write(SignCrl sign)
    {
        CrlTemplate template = sign.Template;
        text.Line($": >{Folder}index.txt");
        foreach (RevokedSerial revoked in template.Revokes)
        {
            WriteEntry($"serial={StepOptions.Hex(revoked.Serial)}", revoked.Reason, revoked.At, isCommand: false);
        }

        foreach (RevokedCertificate revoked in template.Revoked)
        {
            string serial = $"openssl x509 -in {StepCommands.Word(revoked.CertificateFile)} -noout -serial";
            Loop.Around(text, revoked, () => WriteEntry(serial, revoked.Revocation.Reason, revoked.Revocation.At, isCommand: true));
        }

        text.Line($"printf '%016X\\n' \"$(date -u +%s)000000\" >{Folder}crlnumber.txt");
        string issuer = CrlCommands.Issuer(text, sign, Folder);

        var config = new OpenSslConfig();
        if (CrlCommands.WriteSections(config, scope.Find(sign.Issuer.Name), template.Digest, Folder))
        {
            config.Commands(
                $"if openssl x509 -in {issuer} -noout -ext subjectKeyIdentifier 2>&1 | grep -q 'Identifier:'; then",
                "    echo 'authorityKeyIdentifier = keyid:always'",
                "fi");
        }

        config.Feed(
            text,
            [
                "openssl ca", "-gencrl", "-config -", "-cert " + issuer, "-keyfile " + StepCommands.Word(sign.Signer.KeyFile), .. Dates(sign),
                "-out " + StepCommands.Word(sign.CrlFile),
            ]);
    }

    /// <summary>A line of what <c>openssl ca</c> calls its database: revoked, some end, when and why, serial number, no file, some subject.</summary>
    private void WriteEntry(string serial, RevocationReason? reason, TimePoint? at, bool isCommand)
    {
        string when = at is null ? Now : date(at);
        string why = reason is { } word ? "," + RevocationReasonNames.NameOf(word) : "";
        text.Line($"when={when}");
        text.Line(isCommand ? $"serial=$({serial})" : serial);
        text.Line($"printf 'R\\t491231235959Z\\t%s{why}\\t%s\\tunknown\\t/CN=x\\n' \"${{when#??}}\" \"${{serial#serial=}}\" >>{Folder}index.txt");
    }

    private IEnumerable<string> Dates(SignCrl sign)
    {
        if (sign.Template.Validity is { } validity)
        {
            return CrlCommands.Dates(validity, date);
        }

        // As long as its authority, which was made a moment ago.
        return scope.Find(sign.Issuer.Name).Template?.Validity.Until switch
        {
            TimePoint.Offset { FromNow: var left } when left > TimeSpan.Zero => [string.Create(CultureInfo.InvariantCulture, $"-crlsec {(long)left.TotalSeconds}")],
            TimePoint.Instant { Time: var end } => ["-crl_nextupdate " + StepOptions.Date(end)],
            _ => ["-crldays 365"],
        };
    }
}
