using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Binding;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.X509;

namespace MtlsScenario.Rollouts;

/// <summary>
/// What lies in a folder, written as a scenario to start steps from: what is trusted there and is no authority of the folder's
/// scenario any more becomes an external authority where its file is, and the certificates that would be replaced are taken as provided, so that they stay.
/// </summary>
internal sealed class DeployedScenario
{
    private readonly LayoutState _old;
    private readonly LayoutState _made;
    private readonly List<Authority> _found = [];
    private readonly List<string> _reasons = [];

    private DeployedScenario(LayoutState old, LayoutState made) => (_old, _made) = (old, made);

    /// <summary>Writes it.</summary>
    /// <param name="old">What lies in the folder.</param>
    /// <param name="made">What is to be made of it.</param>
    /// <returns>The scenario; null where no scenario could say it, with the reasons in sentences.</returns>
    public static (Scenario? Scenario, ImmutableArray<string> Reasons) Of(LayoutState old, LayoutState made)
    {
        var deployed = new DeployedScenario(old, made);
        Party[] parties = [.. old.Scenario.Parties.Select(deployed.Party)];
        return (
            deployed._reasons.Count > 0 ? null : old.Scenario with { Authorities = [.. old.Scenario.Authorities, .. deployed._found], Parties = [.. parties] },
            [.. deployed._reasons.Distinct(StringComparer.Ordinal)]);
    }

    private Party Party(Party party) => party with { Certificates = [.. party.Certificates.Select(use => Certificate(party, use))] };

    private PartyCertificate Certificate(Party party, PartyCertificate use)
    {
        PlannedCertificate planned = _old.Plan[FileNames.Stem(party, use.Role)];
        PlannedMember member = planned.Member(planned.Replicas is null ? null : 1);
        FilesInUse files = _old.InUse(member);
        ParsedCertificate[] anchors = [.. files.Anchors.SelectMany(Certificates)];
        PartyCertificate before = use with
        {
            Trusts = [.. anchors.Select(anchor => AuthorityOf(anchor, party)).OfType<string>().Distinct(StringComparer.Ordinal)],
            ChecksRevocation = files.ChecksRevocation,
        };
        CertificateChange? change = _made.Made!.Changes.FirstOrDefault(change => change is { WasThere: true, Issues: true } && change.Certificate.Stem == planned.Stem);
        if (change is null)
        {
            return before;
        }

        if (party.Replicas is not null)
        {
            _reasons.Add($"{party.Name} has replicas, and no scenario can say that the certificates that they have stay for a while");
        }
        else if (change.Key != KeyAction.Keep)
        {
            _reasons.Add($"{party.Name} gets another key in the place of the one that it has");
        }

        return before with
        {
            IsExternal = true,
            Certificate = use.Certificate with { Subject = new DistinguishedName([]), Issuer = null, Names = Names(member), Adopted = null, Revoked = null },
        };
    }

    /// <summary>The names of the certificate that is there, which one that accepts both has too.</summary>
    private ImmutableArray<GeneralName> Names(PlannedMember member)
    {
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(Certificates(member.CertificateFile).First().Der.Span);
            return PeerNames.Of(certificate).AlternativeNames;
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    /// <summary>The name of an authority with that very certificate: one of the scenario, or one that is found in the folder.</summary>
    private string? AuthorityOf(ParsedCertificate anchor, Party party)
    {
        if (_old.Scenario.Authorities.Concat(_found).FirstOrDefault(authority => HasCertificate(PathOf(authority), anchor)) is { } known)
        {
            return known.Name;
        }

        string[] paths = [.. UnplannedFileFinder.Find(_made.Plan, _old.Files).Where(path => path.EndsWith(FileNames.Suffix(ArtifactKind.Certificate), StringComparison.Ordinal) && HasCertificate(path, anchor))];
        if (paths.Select(Found).FirstOrDefault(authority => authority is not null) is { } found)
        {
            _found.Add(found);
            return found.Name;
        }

        _reasons.Add($"{party.Name} trusts {anchor.Subject}, and no file of the folder that a scenario could name has that certificate alone");
        return null;
    }

    /// <summary>The authority of a file; null where a scenario has no name for it.</summary>
    private Authority? Found(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        bool isTaken = _old.Scenario.Authorities.Select(authority => authority.Name).Concat(_old.Scenario.Parties.Select(party => party.Name))
            .Concat(_found.Select(authority => authority.Name)).Contains(name, StringComparer.OrdinalIgnoreCase);
        return IdentifierReader.IsValid(name) && !isTaken && path == PlaceOf(name)
            ? new Authority { Name = name, IsExternal = true }
            : null;
    }

    private string PathOf(Authority authority) => _found.Contains(authority) ? PlaceOf(authority.Name) : _old.Plan[authority.Name].Files.Certificate;

    /// <summary>Where an authority's certificate is, if no other place is written.</summary>
    private string PlaceOf(string name) => (_old.Scenario.Folders == FolderLayout.Flat ? "" : name + "/") + name + FileNames.Suffix(ArtifactKind.Certificate);

    private bool HasCertificate(string path, ParsedCertificate certificate) => _old.Files.Certificate(path) is { } first && first.Der.Span.SequenceEqual(certificate.Der.Span);

    private IEnumerable<ParsedCertificate> Certificates(string path) => Bundle.Certificates(_old.Files.Read(path).Bytes);
}
