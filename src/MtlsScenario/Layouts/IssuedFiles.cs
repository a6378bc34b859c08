using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Issuance;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>What the files of a plan that was issued in memory would hold.</summary>
internal sealed class IssuedFiles
{
    private readonly Dictionary<string, Func<byte[]?>> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]?> _crls = new(StringComparer.Ordinal);
    private readonly Plan _plan;
    private readonly PlanIssuer _issued;

    /// <summary>Finds out which files there are; none is made yet.</summary>
    public IssuedFiles(Plan plan, PlanIssuer issued)
    {
        (_plan, _issued) = (plan, issued);
        foreach (PlannedCertificate planned in plan.Certificates)
        {
            Func<MadeCertificate> made = planned.Replicas is null ? () => issued[planned.Stem] : () => issued.Fleet(planned.Stem)[1];
            Add(planned, planned.Files.Key, () => made().Key?.ExportPem());
            Add(planned, planned.Files.Request, () => made().Request is { } request ? Pem.Encode(Pem.CertificateRequest, request.Span) : null);
            Add(planned, planned.Files.Certificate, () => Certificate(made()));
            Add(planned, planned.Files.Chain, () => Bundle.TryMake([Certificate(made()), .. planned.Intermediates.Select(Authority)]));
        }

        foreach (PlannedCertificate planned in plan.Certificates)
        {
            Add(planned, planned.Files.Anchors, () => Bundle.TryMake(planned.Anchors.Select(Authority)));
            Add(planned, planned.Files.Crl, () => planned.IsAuthority ? Crl(planned.Stem) : CrlBundle.Make(planned.CrlIssuers.Select(Crl)));
            foreach (WriteFormat format in planned.Formats)
            {
                // That it is there is all that a layout says of it.
                Add(planned, format.FormatFile, () => []);
            }
        }
    }

    /// <summary>What a file would hold.</summary>
    public FileContent Read(string path) =>
        _files.TryGetValue(path, out Func<byte[]?>? content) && content() is { } bytes ? FileContent.Of(bytes) : FileContent.Missing;

    private static byte[] Certificate(MadeCertificate made) => Pem.Encode(Pem.Certificate, made.Certificate.Span);

    private byte[] Authority(string stem) => Certificate(_issued[_plan[stem].Stem]);

    /// <summary>The CRL of an authority whose key is there, made once: two of one moment may have different signatures.</summary>
    private byte[]? Crl(string stem)
    {
        if (!_crls.TryGetValue(stem, out byte[]? crl))
        {
            crl = PlannedLayout.CrlStepOf(_plan, stem) is { } step && IssuedCrls.TryMake(step, _issued) is { } made ? Pem.Encode(Pem.Crl, made.Span) : null;
            _crls.Add(stem, crl);
        }

        return crl;
    }

    private void Add(PlannedCertificate planned, string? path, Func<byte[]?> content)
    {
        if (path is not null)
        {
            _files.TryAdd(planned.Members.First().At(path), content);
        }
    }
}
