using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>
/// The commands of the article, option for option, for the certificates of the bare profile. What they cannot say (an
/// instant, hours, a subject beyond plain letters) is left to the commands that can.
/// </summary>
/// <param name="text">Where they go.</param>
/// <param name="isPlain">Whether no key can be there already, and several options stand on a line.</param>
internal sealed class BareCommands(ScriptText text, bool isPlain = false)
{
    private readonly SortedSet<string> _leftovers = new(StringComparer.Ordinal);

    /// <summary>Whether each signature is to be the same, for which its digest has to be named.</summary>
    public bool IsSeeded { get; init; }

    /// <summary>Whether any was written.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>The files in which openssl keeps the next serial.</summary>
    public IEnumerable<string> Leftovers => _leftovers;

    /// <summary>Whether the certificate is one of the bare profile: v1, or a root with what <c>req -x509</c> adds.</summary>
    public static bool IsBare(PlannedCertificate certificate) => certificate.Template is { } template
        && (template.Version == 1
            || (certificate.IsSelfSigned && template.Extensions is
            [
                PlannedExtension.SubjectKeyIdentifier,
                PlannedExtension.AuthorityKeyIdentifier,
                PlannedExtension.BasicConstraints { IsCa: true, PathLength: null },
            ]));

    /// <summary>The size of an RSA key in bits; null for another kind.</summary>
    public static int? RsaBits(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Rsa2048 => 2048,
        KeyAlgorithm.Rsa3072 => 3072,
        KeyAlgorithm.Rsa4096 => 4096,
        _ => null,
    };

    /// <summary>Whether one command makes both, as the article's first does: the key has the size that is openssl's default.</summary>
    public static bool MakesKeyAndRoot(GenerateKey key, PlannedCertificate certificate) =>
        certificate.IsSelfSigned && key.Algorithm == KeyAlgorithm.Rsa2048 && SubjectOption(certificate) is not null
        && IsBare(certificate) && Days(certificate.Template!) is not null;

    /// <summary>The option that says a validity of whole days from now on; null for any other.</summary>
    public static string? Days(CertificateTemplate template) =>
        template.Validity is { From: TimePoint.Offset { FromNow.Ticks: 0 }, Until: TimePoint.Offset { FromNow: var length } }
            && length > TimeSpan.Zero && length.Ticks % TimeSpan.TicksPerDay == 0
            ? string.Create(CultureInfo.InvariantCulture, $"-days {length.Days}")
            : null;

    /// <summary>The option that says the serial number; none where openssl draws one.</summary>
    public static IEnumerable<string> Serial(CertificateTemplate template) => template.Serial switch
    {
        SerialNumber.Fixed { Value: var value } => [string.Create(CultureInfo.InvariantCulture, $"-set_serial {value}")],
        SerialNumber.OfReplica => [$"-set_serial \"${Loop.Number}\""],
        _ => [],
    };

    /// <summary>Writes a root, where the article's command can.</summary>
    public bool TryWriteRoot(SelfSign self, PlannedCertificate certificate)
    {
        if (!IsBare(certificate) || Days(self.Template) is not { } days || SubjectOption(certificate) is not { } subject)
        {
            return false;
        }

        IsUsed = true;
        string key = StepCommands.Word(self.KeyFile);
        string[] first = ["-new", "-x509", days, subject];
        string[] last = [.. Serial(self.Template), .. Digest(self.Template.Digest, certificate.Key), "-out " + StepCommands.Word(self.CertificateFile)];
        bool makesKey = certificate.Steps[0] is GenerateKey generate && MakesKeyAndRoot(generate, certificate);
        if (makesKey && isPlain)
        {
            Command("openssl req", ["-new", "-x509", "-nodes", days, subject, "-keyout " + key, .. last]);
        }
        else if (makesKey)
        {
            text.Open($"if [ ! -e {key} ]; then");
            text.Command("openssl req", ["-new", "-x509", "-nodes", days, subject, "-keyout " + key, .. last]);
            text.Between("else");
            text.Command("openssl req", [.. first, "-key " + key, .. last]);
            text.Close("fi");
        }
        else
        {
            Command("openssl req", [.. first, "-key " + key, .. last]);
        }

        return true;
    }

    /// <summary>Writes a request, where the article's command can.</summary>
    public bool TryWriteRequest(RequestCertificate request, PlannedCertificate certificate)
    {
        if (!IsBare(certificate) || SubjectOption(certificate) is not { } subject)
        {
            return false;
        }

        IsUsed = true;
        Command(
            "openssl req",
            [
                "-new", "-key " + StepCommands.Word(request.KeyFile), subject,
                .. IsSeeded
                    ? [.. StepOptions.DigestOf(request.Template.Digest, certificate.Key), .. StepOptions.SameSignature(certificate.Key)]
                    : Digest(request.Template.Digest, certificate.Key),
                "-out " + StepCommands.Word(request.RequestFile),
            ]);
        return true;
    }

    /// <summary>Writes a certificate, where the article's command can.</summary>
    public bool TryWriteSigned(SignCertificate sign, PlannedCertificate certificate)
    {
        if (!IsBare(certificate) || Days(sign.Template) is not { } days)
        {
            return false;
        }

        string[] serial = [.. Serial(sign.Template)];
        if (serial.Length == 0)
        {
            serial = ["-CAcreateserial"];
            _leftovers.Add(sign.Issuer.CertificateFile[..^".crt".Length] + ".srl");
        }

        Command(
            "openssl x509",
            [
                "-req", "-in " + StepCommands.Word(sign.RequestFile), "-CA " + StepCommands.Word(sign.Issuer.CertificateFile),
                "-CAkey " + StepCommands.Word(sign.Issuer.KeyFile), .. serial, days, .. Digest(sign.Template.Digest, sign.Issuer.Algorithm),
                "-out " + StepCommands.Word(sign.CertificateFile),
            ]);
        return true;
    }

    private void Command(string command, IEnumerable<string> options)
    {
        if (isPlain)
        {
            text.Filled([command, .. options]);
        }
        else
        {
            text.Command(command, options);
        }
    }

    /// <summary>The option that says the digest, where it is not openssl's default and the key signs one.</summary>
    private static IEnumerable<string> Digest(DigestAlgorithm digest, KeyAlgorithm? key) =>
        digest == DigestAlgorithm.Sha256 || key?.HasDigest() == false ? [] : ["-" + KeyNames.Of(digest)];

    /// <summary>The option that says the subject; null where it has anything but letters, digits, blanks, dots and hyphens.</summary>
    private static string? SubjectOption(PlannedCertificate certificate)
    {
        DistinguishedName subject = certificate.Template!.Subject;
        bool isPlain = subject.RelativeNames.All(relative =>
            relative.Attributes is [{ Value: var value }] && IsPlain(
                certificate.Replicas is null ? value : Replication.Fill(value, "")));
        if (!isPlain)
        {
            return null;
        }

        string text = subject.ToString();
        return certificate.Replicas is not null && Replication.IsIn(text)
            ? "-subj " + ShellQuoting.WithVariable(text, Loop.Number)
            : "-subj " + ShellQuoting.InQuotes(text);
    }

    private static bool IsPlain(string value) =>
        value.All(character => char.IsAsciiLetterOrDigit(character) || character is ' ' or '.' or '-');
}
