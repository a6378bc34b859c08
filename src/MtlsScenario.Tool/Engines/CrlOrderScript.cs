using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Revocation;
using MtlsScenario.Scripting;

namespace MtlsScenario.Tool.Engines;

/// <summary>The script with which openssl signs a list whose content is decided already.</summary>
internal static class CrlOrderScript
{
    /// <summary>The file that it makes, in the folder that it is given.</summary>
    public const string File = "list.crl";

    /// <summary>Writes it.</summary>
    /// <param name="order">What the list says, and who signs it.</param>
    /// <param name="authority">Whose list it is.</param>
    /// <param name="openssl">The program: 1.1.1 is told how long the list lasts from now on, and nothing else.</param>
    /// <param name="isSeeded">Whether its signature is to be the same each time.</param>
    public static string Write(CrlOrder order, PlannedCertificate authority, OpenSslVersion openssl, bool isSeeded)
    {
        var text = new ScriptText();
        text.Line("set -eu");
        text.Line("umask 077");
        text.Line("cd \"$1\"");
        text.Line("export OPENSSL_CONF=crl.cnf");
        text.Line("cat >index.txt <<'END'");
        foreach (CrlEntry entry in order.Content.Entries)
        {
            string reason = entry.Reason is { } word ? "," + RevocationReasonNames.NameOf(word) : "";
            text.Verbatim($"R\t491231235959Z\t{StepOptions.Date(entry.RevokedAt)[2..]}{reason}\t{StepOptions.Hex(entry.SerialNumber)}\tunknown\t/CN=x\n");
        }

        text.Verbatim("END\n");
        text.Line($"echo {StepOptions.Hex(order.Content.Number)} >crlnumber.txt");
        var config = new OpenSslConfig();
        if (CrlCommands.WriteSections(config, authority, order.Content.Digest, "") && order.Authority.SubjectKeyIdentifier is not null)
        {
            config.Set("authorityKeyIdentifier", "keyid:always");
        }

        config.Write(text, "crl.cnf");
        string issuer = "../" + order.Step.Issuer.CertificateFile;
        string key = ShellQuoting.Quote("../" + order.Step.Signer.KeyFile);
        if (order.Step.Signer.Name != order.Step.Issuer.Name)
        {
            text.Line($"\"$OPENSSL\" x509 -in {ShellQuoting.Quote(issuer)} -signkey {key} -out forger.crt");
            issuer = "forger.crt";
        }

        CrlContent content = order.Content;
        string dates = openssl.Major < 3
            ? string.Create(CultureInfo.InvariantCulture, $"-crlsec {(long)(content.NextUpdate - content.ThisUpdate).TotalSeconds}")
            : $"-crl_lastupdate {StepOptions.Date(content.ThisUpdate)} -crl_nextupdate {StepOptions.Date(content.NextUpdate)}";
        dates += string.Concat(isSeeded ? StepOptions.SameSignature(order.Step.Signer.Algorithm).Select(option => $" {option}") : []);
        text.Line($"\"$OPENSSL\" ca -gencrl -config crl.cnf -cert {ShellQuoting.Quote(issuer)} -keyfile {key} {dates} -out {File}");
        return text.ToString();
    }
}
