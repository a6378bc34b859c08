using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>Makes the plan of a scenario: order, file names and extension values.</summary>
internal sealed class Planner
{
    private readonly Scenario _scenario;
    private readonly FileNames _names;
    private readonly TemplatePlanner _templates;
    private readonly Dictionary<string, PlannedCertificate> _authorities = new(StringComparer.Ordinal);
    private readonly ImmutableArray<PlannedCertificate>.Builder _certificates =
        ImmutableArray.CreateBuilder<PlannedCertificate>();

    private readonly ImmutableArray<FinalStep>.Builder _finalSteps = ImmutableArray.CreateBuilder<FinalStep>();
    private readonly HashSet<string> _copies = new(StringComparer.Ordinal);

    private Planner(Scenario scenario)
    {
        _scenario = scenario;
        _names = FileNames.Of(scenario);
        _templates = new TemplatePlanner(scenario, _authorities);
    }

    /// <summary>The plan of a scenario that was found right.</summary>
    public static Plan For(Scenario scenario)
    {
        var planner = new Planner(scenario);

        // The order of the article: an authority just before the first certificate that needs it.
        foreach (Party party in scenario.Parties)
        {
            foreach (PartyCertificate certificate in party.Certificates)
            {
                if (certificate.Certificate.Issuer is { } issuer)
                {
                    planner.AddAuthority(issuer);
                }

                planner.AddParty(party, certificate);
            }
        }

        foreach (Authority authority in scenario.Authorities)
        {
            planner.AddAuthority(authority.Name);
        }

        planner.AddAnchors();
        planner._finalSteps.AddRange(
            planner._certificates.SelectMany(planned => planned.Formats, (planned, format) => new FinalStep(planned.Stem, planned.Replicas, format)));
        ImmutableArray<FinalStep> crlSteps = CrlPlanner.Plan(scenario, planner._names, planner._certificates);
        return new Plan
        {
            Name = scenario.Name,
            Description = scenario.Description,
            Folders = scenario.Folders,
            Certificates = planner._certificates.ToImmutable(),
            FinalSteps = planner._finalSteps.ToImmutable(),
            CrlSteps = crlSteps,
        };
    }

    private void AddAuthority(string name)
    {
        if (_authorities.ContainsKey(name))
        {
            return;
        }

        Authority authority = _scenario.Authority(name);
        if (authority.Issuer is { } issuer)
        {
            AddAuthority(issuer);
        }

        Actor actor = authority.Operator is { } party ? ActorOf(_scenario.Party(party)) : new Actor(name, IsAuthority: true);
        var planned = new PlannedCertificate
        {
            Stem = FileNames.Stem(authority),
            Holder = actor,
            IsExternal = authority.IsExternal,
            Issuer = authority.Issuer,
            Files = FilesOf(actor, FileNames.Stem(authority), hasChain: !authority.IsExternal && Intermediates(authority.Issuer).Any(), []),
        };
        PlannedCertificate completed = authority.Certificate is { } certificate ? Complete(planned, certificate) : planned;
        _authorities.Add(name, completed);
        _certificates.Add(completed);
    }

    private void AddParty(Party party, PartyCertificate certificate)
    {
        string? issuer = certificate.Certificate.Issuer;
        string stem = FileNames.Stem(party, certificate.Role);
        Actor holder = ActorOf(party);
        var planned = new PlannedCertificate
        {
            Stem = stem,
            Holder = holder,
            Role = certificate.Role,
            IsExternal = certificate.IsExternal,
            Replicas = party.Replicas is { } count ? new Replication(count) : null,
            Issuer = issuer,
            Anchors = certificate.Trusts,
            ChecksRevocation = certificate.ChecksRevocation,
            KeyAccess = new KeyAccess(party.KeyMode ?? KeyAccess.OwnerOnly.Mode, party.KeyGroup),
            Files = FilesOf(holder, stem, hasChain: Intermediates(issuer).Any(), certificate.Trusts),
        };
        planned = Complete(planned, certificate.Certificate);
        planned = planned with { Formats = [.. new FormatPlanner(_names, planned, certificate).Steps()] };
        _certificates.Add(planned with { Unused = [.. _names.UnusedOf(planned)] });
    }

    private static Actor ActorOf(Party party) => new(party.Name, IsAuthority: false, party.Replicas);

    private PlannedCertificate Complete(PlannedCertificate planned, CertificateSpecification certificate)
    {
        bool isIssued = planned is { IsExternal: false, IsSelfSigned: false };
        CertificateTemplate template = _templates.Of(planned, certificate);
        planned = planned with
        {
            Key = certificate.Key,
            Template = template,
            Request = isIssued ? new RequestTemplate(certificate.Subject, certificate.Digest, TemplatePlanner.Requested(template)) : null,
            KeepsRequest = isIssued && certificate.KeepsRequest,
            RenewBefore = certificate.RenewBefore,
            Revoked = certificate.Revoked,
            Adopted = certificate.Adopted,
            Intermediates = [.. Intermediates(certificate.Issuer)],
        };
        planned = planned with { Unused = [.. _names.UnusedOf(planned)] };
        return planned with { Steps = planned.IsExternal ? [.. ChainSteps(planned)] : [.. StepsOf(planned)] };
    }

    /// <summary>The authorities above, nearest first, but for the root: it is trusted, not presented.</summary>
    private IEnumerable<string> Intermediates(string? issuer)
    {
        for (string? name = issuer; name is not null && _authorities[name].Issuer is { } above; name = above)
        {
            yield return name;
        }
    }

    private CertificateFiles FilesOf(Actor holder, string stem, bool hasChain, ImmutableArray<string> anchors)
    {
        string Path(ArtifactKind kind) => _names.Path(holder, stem, kind);
        return new CertificateFiles(
            Path(ArtifactKind.Key),
            Path(ArtifactKind.Request),
            Path(ArtifactKind.Certificate),
            hasChain || _names.PlaceOf(stem, ArtifactKind.Chain) is not null ? Path(ArtifactKind.Chain) : null,
            anchors switch
            {
                [] => null,
                [var only] => _names.PlaceOf(stem, ArtifactKind.Anchors) ?? CertificateAt(holder, only),
                _ => Path(ArtifactKind.Anchors),
            });
    }

    private IEnumerable<PlanStep> StepsOf(PlannedCertificate planned)
    {
        yield return new GenerateKey(planned.Holder, planned.Key!.Value, planned.Files.Key);
        if (planned.IsSelfSigned)
        {
            yield return new SelfSign(planned.Holder, planned.Template!, planned.Files.Key, planned.Files.Certificate);
            yield break;
        }

        PlannedCertificate issuer = _authorities[planned.Issuer!];
        string request = _names.Path(issuer.Holder, planned.Stem, ArtifactKind.Request);
        string certificate = _names.Path(issuer.Holder, planned.Stem, ArtifactKind.Certificate);
        yield return new RequestCertificate(
            planned.Holder, planned.Request!, planned.Files.Key, planned.Files.Request, planned.KeepsRequest);
        if (planned.KeepsRequest && Copy(planned.Holder, issuer.Holder, ArtifactKind.Request, planned.Files.Request, request) is { } sent)
        {
            yield return sent;
        }

        yield return new SignCertificate(
            issuer.Holder,
            planned.Template!,
            new IssuerFiles(issuer.Stem, issuer.Files.Certificate, issuer.Files.Key, issuer.Key),
            request,
            certificate);
        if (Copy(issuer.Holder, planned.Holder, ArtifactKind.Certificate, certificate, planned.Files.Certificate) is { } returned)
        {
            yield return returned;
        }

        foreach (PlanStep step in ChainSteps(planned))
        {
            yield return step;
        }
    }

    /// <summary>What puts the chain together; nothing where there are no intermediates, or it is provided.</summary>
    private IEnumerable<PlanStep> ChainSteps(PlannedCertificate planned)
    {
        bool isPlaced = _names.PlaceOf(planned.Stem, ArtifactKind.Chain) is not null;
        if (planned.Files.Chain is not { } chain || planned.Intermediates.IsEmpty || (planned.IsExternal && isPlaced))
        {
            yield break;
        }

        foreach (string intermediate in planned.Intermediates)
        {
            if (GiveCertificate(_authorities[intermediate], planned.Holder) is { } given)
            {
                yield return given;
            }
        }

        yield return new WriteChain(
            planned.Holder,
            [planned.Files.Certificate, .. planned.Intermediates.Select(stem => CertificateAt(planned.Holder, stem))],
            chain)
        { IsPlaced = isPlaced };
    }

    private void AddAnchors()
    {
        foreach (PlannedCertificate planned in _certificates)
        {
            foreach (string anchor in planned.Anchors)
            {
                if (GiveCertificate(_authorities[anchor], planned.Holder) is { } given)
                {
                    _finalSteps.Add(new FinalStep(planned.Stem, planned.Replicas, given));
                }
            }

            // One authority's own certificate serves as it is, and parties may have one file of the same anchors.
            ImmutableArray<string> certificates = [.. planned.Anchors.Select(stem => CertificateAt(planned.Holder, stem))];
            bool isPlaced = _names.PlaceOf(planned.Stem, ArtifactKind.Anchors) is not null;
            if (planned.Files.Anchors is { } anchors && !(certificates is [var only] && only == anchors) && (!isPlaced || _copies.Add(anchors)))
            {
                _finalSteps.Add(new FinalStep(
                    planned.Stem, planned.Replicas, new WriteAnchors(planned.Holder, certificates, anchors) { IsPlaced = isPlaced }));
            }
        }
    }

    private string CertificateAt(Actor holder, string stem) => _names.Path(holder, stem, ArtifactKind.Certificate);

    private HandOver? GiveCertificate(PlannedCertificate authority, Actor receiver) => Copy(
        authority.Holder,
        receiver,
        ArtifactKind.Certificate,
        authority.Files.Certificate,
        CertificateAt(receiver, authority.Stem));

    /// <summary>Null where the receiver has the file already.</summary>
    private HandOver? Copy(Actor giver, Actor receiver, ArtifactKind kind, string source, string target) =>
        string.Equals(source, target, StringComparison.Ordinal) || !_copies.Add(target)
            ? null
            : new HandOver(giver, receiver, kind, source, target);
}
