using System.Diagnostics;
using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>The commands of each step, and those of the bare profile where its certificates are asked for.</summary>
/// <param name="text">Where they go.</param>
/// <param name="scope">The steps of the script.</param>
internal sealed class StepCommands(ScriptText text, ScriptScope scope)
{
    private readonly BareCommands _bare = new(text) { IsSeeded = scope.Seeded is not null };

    private readonly FormatCommands _formats = new(text, scope, folder: "");
    private ShellFunctions _functions;

    /// <summary>The functions that the commands use.</summary>
    public ShellFunctions Functions => _functions | _formats.Functions;

    /// <summary>Whether subjects stand on command lines, and the extensions of a root in the configuration.</summary>
    public bool HasBareSubject => _bare.IsUsed;

    /// <summary>A file as a word of the shell.</summary>
    public static string Word(string path) => ShellQuoting.WithVariable(path, Loop.Number);

    /// <summary>Whether the step has no command of its own, because the next one does its work too.</summary>
    public static bool IsPartOfNext(ScriptStep step) => step.Step is GenerateKey key && BareCommands.MakesKeyAndRoot(key, step.Certificate);

    /// <summary>Writes the commands of a step.</summary>
    public void Write(ScriptStep step)
    {
        var crls = new CrlCommands(text, scope, Date);
        switch (step.Step)
        {
            case GenerateKey key:
                WriteKey(key, step.Certificate);
                break;
            case SelfSign self:
                WriteSelfSigned(self, step.Certificate);
                break;
            case RequestCertificate request:
                WriteRequest(request, step);
                break;
            case SignCertificate sign:
                WriteSigned(sign, step);
                break;
            case WriteChain chain:
                WriteBundle(chain.CertificateFiles, chain.ChainFile);
                break;
            case WriteAnchors anchors:
                WriteBundle(anchors.CertificateFiles, anchors.AnchorsFile);
                break;
            case WriteFormat format:
                WriteFormatOf(format, step.Certificate);
                break;
            case SignCrl sign:
                crls.Write(sign);
                _functions |= crls.Functions;
                break;
            case WriteCrls write:
                crls.Write(write);
                break;
            case HandOver handOver:
                text.Line($"cp {Word(handOver.SourceFile)} {Word(handOver.TargetFile)}");
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void WriteKey(GenerateKey key, PlannedCertificate certificate)
    {
        if (IsPartOfNext(new ScriptStep(key, certificate, null, [])))
        {
            return;
        }

        _functions |= certificate.KeyAccess.Group is null ? ShellFunctions.None : ShellFunctions.Give;
        if (scope.Seeded is { } seeded)
        {
            _functions |= ShellFunctions.Seeded;
            new SeededCommands(text, scope, seeded).WriteKey(key, certificate);
            return;
        }

        text.Open($"if [ ! -e {Word(key.KeyFile)} ]; then");
        if (BareCommands.IsBare(certificate) && BareCommands.RsaBits(key.Algorithm) is { } bits)
        {
            text.Line(string.Create(CultureInfo.InvariantCulture, $"openssl genrsa -out {Word(key.KeyFile)} {bits}"));
        }
        else
        {
            text.Command("openssl genpkey", [.. StepOptions.Key(key.Algorithm), "-out " + Word(key.KeyFile)]);
        }

        text.Lines(StepOptions.Access(certificate.KeyAccess, "give", Word(key.KeyFile)));
        text.Close("fi");
    }

    private void WriteSelfSigned(SelfSign self, PlannedCertificate certificate)
    {
        if (_bare.TryWriteRoot(self, certificate))
        {
            return;
        }

        WriteRequestOf(self.Template.Subject, certificate, self.KeyFile, Own(certificate, ".csr"));
        WriteExtensions(self.Template, certificate, issuerFile: null);
        WriteCa(
            self.Template,
            certificate.Key,
            ["-selfsign", "-keyfile " + Word(self.KeyFile), "-in " + Word(Own(certificate, ".csr"))],
            certificate);
    }

    /// <summary>A request that is only there to be signed by its own key: it asks for nothing but the subject.</summary>
    private void WriteRequestOf(DistinguishedName subject, PlannedCertificate certificate, string keyFile, string requestFile)
    {
        string config = Word(Own(certificate, ".req.cnf"));
        StepConfigs.Request(certificate, subject, []).Write(text, config);
        text.Command(
            "openssl req",
            ["-new", "-config " + config, "-key " + Word(keyFile), "-out " + Word(requestFile)]);
    }

    private void WriteRequest(RequestCertificate request, ScriptStep step)
    {
        bool isReused = scope.IsPart || scope.IsSignedElsewhere(step.Certificate);
        if (isReused)
        {
            _functions |= ShellFunctions.HasRequest;
            text.Open($"if ! has_request {Word(request.KeyFile)} {Word(request.RequestFile)}; then");
        }

        if (!_bare.TryWriteRequest(request, step.Certificate))
        {
            WriteFullRequest(request, step.Certificate);
        }

        if (isReused)
        {
            text.Close("fi");
        }
    }

    private void WriteFullRequest(RequestCertificate request, PlannedCertificate certificate)
    {
        string config = Word(Own(certificate, ".req.cnf"));
        StepConfigs.Request(certificate, request.Template.Subject, request.Template.Extensions).Write(text, config);
        string[] digest = StepOptions.DigestOf(request.Template.Digest, certificate.Key);
        text.Command(
            "openssl req",
            [
                "-new", "-config " + config, "-key " + Word(request.KeyFile), .. digest, .. Same(certificate.Key),
                "-out " + Word(request.RequestFile),
            ]);
    }

    private void WriteSigned(SignCertificate sign, ScriptStep step)
    {
        PlannedCertificate certificate = step.Certificate;
        if (!scope.Makes(sign.RequestFile))
        {
            WriteSubjectCheck(sign, certificate);
        }

        if (_bare.TryWriteSigned(sign, certificate))
        {
            return;
        }

        if (sign.Template.Version != 1)
        {
            WriteExtensions(sign.Template, certificate, sign.Issuer.CertificateFile);
        }

        WriteCa(
            sign.Template,
            sign.Issuer.Algorithm,
            [
                "-cert " + Word(sign.Issuer.CertificateFile), "-keyfile " + Word(sign.Issuer.KeyFile),
                "-in " + Word(sign.RequestFile),
            ],
            certificate);
    }

    /// <summary>The subject comes from the request, so an issuer that was sent one looks whether it is the one agreed on.</summary>
    private void WriteSubjectCheck(SignCertificate sign, PlannedCertificate certificate)
    {
        _functions |= ShellFunctions.SameSubject;
        string expected = Own(certificate, ".expected");
        WriteRequestOf(sign.Template.Subject, certificate, sign.Issuer.KeyFile, expected);
        text.Line($"same_subject {Word(expected)} {Word(sign.RequestFile)}");
    }

    private void WriteExtensions(CertificateTemplate template, PlannedCertificate certificate, string? issuerFile) =>
        StepConfigs.Extensions(certificate, template, scope, () => [KeyIdentifierCommand(issuerFile!)])
            .Write(text, Word(Own(certificate, ".crt.cnf")));

    private string KeyIdentifierCommand(string issuerFile)
    {
        _functions |= ShellFunctions.AuthorityKeyIdentifier;
        return $"authority_key_identifier {Word(issuerFile)}";
    }

    private void WriteCa(
        CertificateTemplate template, KeyAlgorithm? issuerKey, IEnumerable<string> who, PlannedCertificate certificate)
    {
        string? table = scope.Seeded is not null && certificate.Replicas is not null ? SeededCommands.SerialsOf(certificate) : null;
        string[] serial = StepConfigs.Database(text, template.Serial, folder: "", table);
        string[] digest = StepOptions.DigestOfCa(template.Digest, issuerKey);
        string[] extensions = template.Version == 1
            ? []
            : ["-extfile " + Word(Own(certificate, ".crt.cnf")), "-extensions " + ConfigSections.Extensions];
        text.Command(
            "openssl ca",
            [
                "-batch", "-config " + ScriptFrame.Config, .. who, "-preserveDN", .. extensions,
                "-startdate " + Date(template.Validity.From), "-enddate " + Date(template.Validity.Until),
                .. digest, .. Same(issuerKey), .. serial, "-notext", "-out " + Word(certificate.IsSelfSigned
                    ? certificate.Files.Certificate
                    : certificate.Steps.OfType<SignCertificate>().Single().CertificateFile),
            ]);
    }

    private string[] Same(KeyAlgorithm? key) => scope.Seeded is null ? [] : StepOptions.SameSignature(key);

    private string Date(TimePoint point)
    {
        if (point is TimePoint.Instant { Time: var time })
        {
            return StepOptions.Date(time);
        }

        _functions |= ShellFunctions.DateAt;
        long seconds = (long)((TimePoint.Offset)point).FromNow.TotalSeconds;
        (long days, long rest) = Math.DivRem(seconds, 86400);
        (days, rest) = rest < 0 ? (days - 1, rest + 86400) : (days, rest);
        return string.Create(CultureInfo.InvariantCulture, $"\"$(date_at {days} {rest})\"");
    }

    private void WriteBundle(IEnumerable<string> certificates, string bundle)
    {
        var inputs = new List<string>();
        foreach (string file in certificates)
        {
            if (file == bundle || scope.CertificateAt(file) is { IsExternal: true } || !scope.Makes(file))
            {
                // Somebody else's file may have more in it than the certificate.
                string plain = Word(file + ".alone");
                text.Line($"openssl x509 -in {Word(file)} -out {plain}");
                inputs.Add(plain);
            }
            else
            {
                inputs.Add(Word(file));
            }
        }

        text.Line($"cat {string.Join(' ', inputs)} >{Word(bundle)}");
    }

    private void WriteFormatOf(WriteFormat format, PlannedCertificate certificate)
    {
        // A certificate that was handed over may be for another key.
        if (format.HoldsKey && format.Sources.CertificateFile is not null && !scope.Makes(certificate.Files.Certificate))
        {
            _functions |= ShellFunctions.SameKey;
            text.Line($"same_key {Word(certificate.Files.Key)} {Word(certificate.Files.Certificate)}");
        }

        _formats.Write(format, certificate);
    }

    /// <summary>A file of the work folder: nothing of the scenario has such a name.</summary>
    private static string Own(PlannedCertificate certificate, string suffix) =>
        certificate.Stem + suffix;
}
