using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Stores;
using MtlsScenario.X509;

namespace MtlsScenario.Handshakes;

/// <summary>The artifacts that lie in a folder, whoever made them.</summary>
/// <param name="scenario">Whose they are.</param>
/// <param name="plan">What is planned of it.</param>
/// <param name="folder">The folder.</param>
/// <param name="passwords">What may open the stores of who has nothing else; null where nobody looks for any.</param>
internal sealed class FolderArtifacts(Scenario scenario, Plan plan, FolderReader folder, IEnumerable<Password>? passwords = null) : IEndArtifactsSource
{
    private readonly Plan _plan = plan;
    private readonly Lazy<Dictionary<string, PlannedCertificate>> _owners = new(() => OwnersIn(plan));
    private readonly EndStores? _stores = passwords is null ? null : new(folder, passwords);

    /// <summary>Which of the files are in use; those of the plan by default.</summary>
    public Func<PlannedMember, FilesInUse> Locate { get; init; } = FilesInUse.Planned;

    /// <summary>The files that are for others to send, whatever lies in their places.</summary>
    public ImmutableHashSet<string> Awaited { get; init; } = [];

    /// <inheritdoc/>
    public EndArtifactsResult Read(TrialEnd end)
    {
        PlannedMember member = MemberOf(end);
        FilesInUse files = Locate(member);
        try
        {
            string? store = StoreInPlaceOf(member.KeyFile, member, ArtifactKind.Pkcs12);
            string presented = end.Certificate.Presents == Presentation.Chain ? ChainOf(member, files.Chain) : member.CertificateFile;
            ImmutableArray<ReadOnlyMemory<byte>> certificates = store is not null ? []
                : member.Planned.Adopted is not null && folder.Read(presented).IsMissing ? WithIntermediates(member)
                : Blocks(Pem.Certificate, presented);
            ImmutableArray<ReadOnlyMemory<byte>> anchors =
            [
                .. files.Anchors.SelectMany(file => StoreInPlaceOf(file, member, ArtifactKind.TrustStore) is { } trusted ? _stores!.Anchors(trusted) : Blocks(Pem.Certificate, file)),
            ];
            ImmutableArray<ReadOnlyMemory<byte>> crls = files is { ChecksRevocation: true, Crls: { } lists } ? Blocks(Pem.Crl, lists) : [];
            (certificates, byte[] key) = store is null ? (certificates, Key(member.KeyFile, certificates[0], presented)) : _stores!.Identity(store);
            return EndArtifactsResult.Of(new EndArtifacts(
                end.Certificate.Presents == Presentation.Leaf ? [certificates[0]] : certificates, key, anchors)
            {
                Crls = files.ChecksRevocation ? crls : null,
                IsFromStore = store is not null,
            });
        }
        catch (FolderException exception)
        {
            return EndArtifactsResult.Missing(exception.Message);
        }
    }

    /// <summary>The stores that an end needs and that none of the passwords opens.</summary>
    public IEnumerable<string> ClosedStores(TrialEnd end)
    {
        PlannedMember member = MemberOf(end);
        string?[] needed =
        [
            StoreInPlaceOf(member.KeyFile, member, ArtifactKind.Pkcs12),
            member.AnchorsFile is { } anchors ? StoreInPlaceOf(anchors, member, ArtifactKind.TrustStore) : null,
        ];
        return needed.OfType<string>().Where(store => _stores!.IsClosed(store));
    }

    private PlannedMember MemberOf(TrialEnd end) =>
        _plan[FileNames.Stem(scenario.Party(end.Party), end.Certificate.Role)].Member(end.Number);

    /// <summary>The store that an end has in place of a file, or null.</summary>
    private string? StoreInPlaceOf(string file, PlannedMember member, ArtifactKind kind) =>
        _stores is not null && member.Format(kind) is var store && _stores.IsAllThereIs(store, file) ? store : null;

    private ImmutableArray<ReadOnlyMemory<byte>> Blocks(string label, string path)
    {
        ImmutableArray<ReadOnlyMemory<byte>> blocks =
        [
            .. Pem.Decode(Bytes(path)).Where(block => block.Label == label).Select(block => (ReadOnlyMemory<byte>)block.Der),
        ];
        return blocks.IsEmpty ? throw Fault(path, label == Pem.Crl ? "holds no CRL" : "holds no certificate") : blocks;
    }

    /// <summary>The key, which is to be that of the certificate: programs that find out for themselves name no file.</summary>
    private byte[] Key(string path, ReadOnlyMemory<byte> certificate, string certificatePath)
    {
        switch (PrivateKey.ReadPem(Bytes(path)))
        {
            case KeyReadResult.Read { Key: var key }:
                using (key)
                {
                    return !ParsedCertificate.TryParse(certificate, out ParsedCertificate? parsed) || key.Matches(parsed.SubjectPublicKeyInfo)
                        ? key.ExportPkcs8()
                        : throw OfAnother(path, certificatePath);
                }

            case KeyReadResult.Encrypted:
                throw Fault(path, "is under a passphrase");
            case KeyReadResult.Unreadable unreadable:
                throw Fault(path, $"cannot be read: {unreadable.Reason}");
            case KeyReadResult.UnsupportedAlgorithm when Pem.TryDecode(Bytes(path), Pem.PrivateKey, out byte[] other):
                // No scenario can name such a key, but the stacks may know it; weak ones are to be rejected by them.
                return DotNetIdentity.IsOfAnother(certificate.Span, other) ? throw OfAnother(path, certificatePath) : other;
            case KeyReadResult.UnsupportedAlgorithm other:
                throw Fault(path, $"is of a kind that cannot be used: {other.Description}");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static FolderException OfAnother(string path, string certificatePath) =>
        Fault(path, $"is not the key of {VisibleText.Of(certificatePath)}");

    private byte[] Bytes(string path)
    {
        FileContent content = Awaited.Contains(path) ? FileContent.Missing : folder.Read(path);
        return content.Bytes ?? throw Fault(path, content.IsMissing ? Missing(path) : content.Fault!);
    }

    /// <summary>What is presented of an adopted certificate that never had a file of its chain: all in its own file, or what the scenario knows above it.</summary>
    private ImmutableArray<ReadOnlyMemory<byte>> WithIntermediates(PlannedMember member) => Blocks(Pem.Certificate, member.CertificateFile) is { Length: > 1 } all
        ? all
        : [Blocks(Pem.Certificate, member.CertificateFile)[0], .. member.Planned.Intermediates.Select(stem => Blocks(Pem.Certificate, _plan[stem].Files.Certificate)[0])];

    /// <summary>
    /// The file with its intermediates. One that is provided may have some of which the scenario knows nothing.
    /// </summary>
    private string ChainOf(PlannedMember member, string chain) => member.Planned.IsExternal && member.ChainFile is null
        && FileNames.ProvidedChain(member.CertificateFile) is var provided && !folder.Read(provided).IsMissing
        ? provided
        : chain;

    /// <summary>How it is that a file is missing: what others have to send is awaited.</summary>
    private string Missing(string path)
    {
        return _owners.Value.GetValueOrDefault(path) switch
        {
            { IsExternal: true } => "is awaited: it is provided, and not there yet",
            { Issuer: { } issuer } when _plan[issuer] is { IsExternal: true } authority && folder.Read(authority.Files.Key).IsMissing => $"is awaited from {issuer}",
            _ when Awaited.Contains(path) => "is awaited",
            _ => "is missing",
        };
    }

    /// <summary>Whose each certificate and each chain is.</summary>
    private static Dictionary<string, PlannedCertificate> OwnersIn(Plan plan)
    {
        var owners = new Dictionary<string, PlannedCertificate>(StringComparer.Ordinal);
        foreach (PlannedMember member in plan.Certificates.SelectMany(planned => planned.Members))
        {
            owners.TryAdd(member.CertificateFile, member.Planned);
            if (member.ChainFile is { } chain)
            {
                owners.TryAdd(chain, member.Planned);
            }
        }

        return owners;
    }

    private static FolderException Fault(string path, string what) => new($"{VisibleText.Of(path)} {what}");
}
