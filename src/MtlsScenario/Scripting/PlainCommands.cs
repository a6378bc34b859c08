using System.Diagnostics;
using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>
/// The commands of each step as one would type them: a configuration goes to openssl as a here-document, and no file is
/// left but those of the scenario.
/// </summary>
/// <param name="text">Where they go.</param>
/// <param name="scope">The steps of the script.</param>
internal sealed class PlainCommands(ScriptText text, ScriptScope scope)
{
    /// <summary>The folder for what <c>openssl ca</c> needs beside it. Nothing of a scenario has a name with such an end.</summary>
    public const string WorkFolder = "openssl.tmp";

    /// <summary>The configuration in that folder.</summary>
    public const string Config = WorkFolder + "/openssl.cnf";

    private readonly BareCommands _bare = new(text, isPlain: true);
    private readonly FormatCommands _formats = new(text, scope, WorkFolder + "/");

    /// <summary>Whether subjects stand on command lines, and the extensions of a root in the configuration.</summary>
    public bool HasBareSubject => _bare.IsUsed;

    /// <summary>Whether <c>openssl ca</c> is used: no other command of OpenSSL 1.1.1 to 3.3 takes instants.</summary>
    public bool Issues { get; private set; }

    /// <summary>The functions that write formats.</summary>
    public ShellFunctions Functions => _formats.Functions;

    /// <summary>Whether moments are computed from that of the run.</summary>
    public bool UsesCalendar { get; private set; }

    /// <summary>
    /// The files in which openssl keeps the next serial: written where it is told to, read wherever one is there.
    /// </summary>
    public IEnumerable<string> SerialFiles => scope.Steps
        .Select(step => step.Step)
        .OfType<SignCertificate>()
        .Where(sign => BareCommands.Days(sign.Template) is not null)
        .Select(sign => sign.Issuer.CertificateFile[..^".crt".Length] + ".srl")
        .Distinct(StringComparer.Ordinal);

    /// <summary>Whether that is such a file, and none is made.</summary>
    public bool IsUnusedSerial(string path) =>
        SerialFiles.Contains(path, StringComparer.Ordinal) && !_bare.Leftovers.Contains(path, StringComparer.Ordinal);

    /// <summary>Writes the commands of a step.</summary>
    public void Write(ScriptStep step)
    {
        switch (step.Step)
        {
            case GenerateKey key when !StepCommands.IsPartOfNext(step):
                text.Filled(KeyCommand(key, step.Certificate));
                text.Lines(StepOptions.Access(step.Certificate.KeyAccess, "chgrp", StepCommands.Word(key.KeyFile)));
                break;
            case GenerateKey:
                break;
            case SelfSign self:
                WriteSelfSigned(self, step.Certificate);
                break;
            case RequestCertificate request:
                WriteRequest(request, step.Certificate);
                break;
            case SignCertificate sign:
                WriteSigned(sign, step.Certificate);
                break;
            case WriteChain chain:
                WriteBundle(chain.CertificateFiles, chain.ChainFile);
                break;
            case WriteAnchors anchors:
                WriteBundle(anchors.CertificateFiles, anchors.AnchorsFile);
                break;
            case WriteFormat format:
                _formats.Write(format, step.Certificate);
                break;
            case SignCrl sign:
                new PlainCrlCommands(text, scope, Date).Write(sign);
                Issues = true;
                break;
            case WriteCrls write:
                new CrlCommands(text, scope, Date).Write(write);
                break;
            case HandOver handOver:
                text.Line($"cp {StepCommands.Word(handOver.SourceFile)} {StepCommands.Word(handOver.TargetFile)}");
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static IEnumerable<string> KeyCommand(GenerateKey key, PlannedCertificate certificate) =>
        BareCommands.IsBare(certificate) && BareCommands.RsaBits(key.Algorithm) is { } bits
            ? ["openssl genrsa", "-out " + StepCommands.Word(key.KeyFile), bits.ToString(CultureInfo.InvariantCulture)]
            : ["openssl genpkey", .. StepOptions.Key(key.Algorithm), "-out " + StepCommands.Word(key.KeyFile)];

    private void WriteSelfSigned(SelfSign self, PlannedCertificate certificate)
    {
        if (_bare.TryWriteRoot(self, certificate))
        {
            return;
        }

        if (BareCommands.Days(self.Template) is { } days)
        {
            StepConfigs.Request(certificate, self.Template.Subject, self.Template.Extensions, "x509_extensions").Feed(
                text,
                [
                    "openssl req", "-new", "-x509", "-config -", "-key " + StepCommands.Word(self.KeyFile), days,
                    .. BareCommands.Serial(self.Template), .. StepOptions.DigestOf(self.Template.Digest, certificate.Key),
                    "-out " + StepCommands.Word(self.CertificateFile),
                ]);
            return;
        }

        string request = $"{WorkFolder}/request.csr";
        FeedRequest(new RequestTemplate(self.Template.Subject, self.Template.Digest, []), certificate, self.KeyFile, request);
        FeedCa(
            self.Template,
            certificate,
            certificate.Key,
            ["-selfsign", "-keyfile " + StepCommands.Word(self.KeyFile), "-in " + request],
            self.CertificateFile);
    }

    private void WriteRequest(RequestCertificate request, PlannedCertificate certificate)
    {
        if (!_bare.TryWriteRequest(request, certificate))
        {
            FeedRequest(request.Template, certificate, request.KeyFile, StepCommands.Word(request.RequestFile));
        }
    }

    private void FeedRequest(RequestTemplate template, PlannedCertificate certificate, string keyFile, string requestFile) =>
        StepConfigs.Request(certificate, template.Subject, template.Extensions).Feed(
            text,
            [
                "openssl req", "-new", "-config -", "-key " + StepCommands.Word(keyFile),
                .. StepOptions.DigestOf(template.Digest, certificate.Key), "-out " + requestFile,
            ]);

    private void WriteSigned(SignCertificate sign, PlannedCertificate certificate)
    {
        if (_bare.TryWriteSigned(sign, certificate))
        {
            return;
        }

        IssuerFiles issuer = sign.Issuer;
        if (BareCommands.Days(sign.Template) is not { } days)
        {
            FeedCa(
                sign.Template,
                certificate,
                issuer.Algorithm,
                [
                    "-cert " + StepCommands.Word(issuer.CertificateFile), "-keyfile " + StepCommands.Word(issuer.KeyFile),
                    "-in " + StepCommands.Word(sign.RequestFile),
                ],
                sign.CertificateFile);
            return;
        }

        Extensions(sign.Template, certificate).Feed(
            text,
            [
                "openssl x509", "-req", "-in " + StepCommands.Word(sign.RequestFile), "-CA " + StepCommands.Word(issuer.CertificateFile),
                "-CAkey " + StepCommands.Word(issuer.KeyFile), days, .. BareCommands.Serial(sign.Template),
                .. StepOptions.DigestOf(sign.Template.Digest, issuer.Algorithm), "-extfile -", "-extensions " + ConfigSections.Extensions,
                "-out " + StepCommands.Word(sign.CertificateFile),
            ]);
    }

    private OpenSslConfig Extensions(CertificateTemplate template, PlannedCertificate certificate) => StepConfigs.Extensions(
        certificate, template, scope, () => KeyIdentifierCommands(scope.IssuerOf(certificate).Files.Certificate));

    /// <summary>An issuer whose certificate has no key identifier is not named by one: OpenSSL 3 has to be told.</summary>
    private static string[] KeyIdentifierCommands(string issuerFile) =>
    [
        $"if openssl x509 -in {StepCommands.Word(issuerFile)} -noout -ext subjectKeyIdentifier 2>&1 | grep -q 'Identifier:'; then",
        "    echo 'authorityKeyIdentifier = keyid:always'",
        "elif ! openssl version | grep -q '^OpenSSL 1[.]'; then",
        "    echo 'authorityKeyIdentifier = none'",
        "fi",
    ];

    private void FeedCa(
        CertificateTemplate template, PlannedCertificate certificate, KeyAlgorithm? issuerKey, string[] who, string certificateFile)
    {
        Issues = true;
        string[] serial = StepConfigs.Database(text, template.Serial, WorkFolder + "/");
        bool isVersion1 = template.Version == 1;
        string[] digest = StepOptions.DigestOfCa(template.Digest, issuerKey);
        string[] extensions = isVersion1 ? [] : ["-extfile -", "-extensions " + ConfigSections.Extensions];
        string[] command =
        [
            "openssl ca", "-batch", "-config " + Config, .. who, "-preserveDN", .. Dates(template.Validity), .. digest, .. serial,
            .. extensions, "-notext", "-out " + StepCommands.Word(certificateFile),
        ];
        if (isVersion1)
        {
            text.Filled(command);
        }
        else
        {
            Extensions(template, certificate).Feed(text, command);
        }
    }

    /// <summary>Both ends are computed where one has to be, so that they count from the same second.</summary>
    private IEnumerable<string> Dates(Lifetime validity)
    {
        bool isFromNow = validity.From is TimePoint.Offset { FromNow.Ticks: 0 };
        int? days = validity.Until is TimePoint.Offset { FromNow: var length } && length > TimeSpan.Zero
            && length.Ticks % TimeSpan.TicksPerDay == 0
            ? length.Days
            : null;
        bool isComputed = (validity.From is TimePoint.Offset && !isFromNow) || (validity.Until is TimePoint.Offset && days is null);
        if (isComputed || !isFromNow)
        {
            yield return "-startdate " + Date(validity.From);
        }

        yield return isComputed || days is null
            ? "-enddate " + Date(validity.Until)
            : string.Create(CultureInfo.InvariantCulture, $"-days {days}");
    }

    private string Date(TimePoint point)
    {
        if (point is TimePoint.Instant { Time: var time })
        {
            return StepOptions.Date(time);
        }

        UsesCalendar = true;
        long seconds = (long)((TimePoint.Offset)point).FromNow.TotalSeconds;
        return string.Create(
            CultureInfo.InvariantCulture, $"\"$(awk -v now=\"$now\" -v seconds={seconds} \"$calendar\")\"");
    }

    private void WriteBundle(IEnumerable<string> certificates, string bundle)
    {
        // Somebody else's file may have more in it than the certificate.
        (string File, bool IsProvided)[] all =
            [.. certificates.Select(file => (StepCommands.Word(file), scope.CertificateAt(file) is { IsExternal: true } || !scope.Makes(file)))];
        if (all.All(one => !one.IsProvided) && !certificates.Contains(bundle))
        {
            text.Line($"cat {string.Join(' ', all.Select(one => one.File))} >{StepCommands.Word(bundle)}");
            return;
        }

        text.Open("{");
        foreach ((string file, bool isProvided) in all)
        {
            text.Line(isProvided ? $"openssl x509 -in {file}" : $"cat {file}");
        }

        if (certificates.Contains(bundle))
        {
            string whole = $"{WorkFolder}/chain.crt";
            text.Close($"}} >{whole}");
            text.Line($"mv {whole} {StepCommands.Word(bundle)}");
            return;
        }

        text.Close($"}} >{StepCommands.Word(bundle)}");
    }
}
