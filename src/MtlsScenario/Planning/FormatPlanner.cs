using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>Plans in what the files of a party's certificate are written besides PEM, and of which files.</summary>
/// <param name="names">What files are called.</param>
/// <param name="planned">The certificate, its files known.</param>
/// <param name="certificate">What the scenario says of it.</param>
internal sealed class FormatPlanner(FileNames names, PlannedCertificate planned, PartyCertificate certificate)
{
    /// <summary>The steps, in the order of the scenario; none of what would hold nothing.</summary>
    public IEnumerable<WriteFormat> Steps()
    {
        foreach (FileFormat format in certificate.Formats)
        {
            foreach (ArtifactKind kind in FileNames.FilesOf(format.Kind))
            {
                if (SourcesOf(kind) is { All.IsEmpty: false } sources)
                {
                    yield return StepOf(format, kind, sources);
                }
            }
        }
    }

    private WriteFormat StepOf(FileFormat format, ArtifactKind kind, FormatSources sources) =>
        new(planned.Holder, kind, planned.Stem, sources, names.Path(planned.Holder, planned.Stem, kind))
        {
            Encryption = format.Encryption,
            Password = kind switch
            {
                ArtifactKind.TrustStore => format.Password,
                ArtifactKind.Pkcs12 or ArtifactKind.EncryptedKey => certificate.Password,
                _ => null,
            },
        };

    private FormatSources SourcesOf(ArtifactKind kind)
    {
        FormatSources sources = FilesFor(kind);
        bool isPresented = certificate.Presents == Presentation.Chain && sources.CertificateFile is not null && kind != ArtifactKind.CertificateDer;
        bool isProvided = planned.IsExternal ? !planned.Steps.Any(step => step is WriteChain) : names.PlaceOf(planned.Stem, ArtifactKind.Chain) is not null;
        return !isPresented || !isProvided ? sources : sources with
        {
            CertificateFile = planned.IsExternal ? planned.Files.Certificate : sources.CertificateFile,
            HasChain = !planned.IsExternal && sources.HasChain,
            ProvidedChain = planned.Files.Chain ?? FileNames.ProvidedChain(planned.Files.Certificate),
        };
    }

    private FormatSources FilesFor(ArtifactKind kind)
    {
        CertificateFiles files = planned.Files;
        string presented = certificate.Presents == Presentation.Chain ? files.Chain ?? files.Certificate : files.Certificate;
        ImmutableArray<string> trusted = files.Anchors is { } anchors ? [anchors] : [];
        return kind switch
        {
            ArtifactKind.Pkcs12 or ArtifactKind.CombinedPem => new(files.Key, presented, [], []) { HasChain = presented == files.Chain },
            ArtifactKind.TrustStore => new(
                null,
                null,
                [.. planned.Anchors.Select(stem => names.Path(planned.Holder, stem, ArtifactKind.Certificate))],
                planned.Anchors),
            ArtifactKind.CertificateDer => new(null, files.Certificate, [], []),
            ArtifactKind.KeyDer or ArtifactKind.TraditionalKey or ArtifactKind.EncryptedKey => new(files.Key, null, [], []),
            ArtifactKind.Pkcs7 => new(null, presented, [], []) { HasChain = presented == files.Chain },
            ArtifactKind.Secret => new(files.Key, presented, trusted, planned.Anchors) { HasChain = presented == files.Chain },
            ArtifactKind.TrustConfigMap => new(null, null, trusted, planned.Anchors),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
