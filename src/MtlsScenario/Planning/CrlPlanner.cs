using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>Plans which authorities issue CRLs, and who gets which.</summary>
internal sealed class CrlPlanner
{
    private readonly Scenario _scenario;
    private readonly FileNames _names;
    private readonly ImmutableArray<PlannedCertificate>.Builder _certificates;
    private readonly Dictionary<string, PlannedCertificate> _authorities;
    private readonly ILookup<string, PlannedCertificate> _revoked;

    private CrlPlanner(Scenario scenario, FileNames names, ImmutableArray<PlannedCertificate>.Builder certificates)
    {
        (_scenario, _names, _certificates) = (scenario, names, certificates);
        _authorities = certificates.Where(planned => planned.IsAuthority).ToDictionary(planned => planned.Stem, StringComparer.Ordinal);
        _revoked = certificates.Where(planned => planned is { Revoked: not null, Issuer: not null }).ToLookup(planned => planned.Issuer!, StringComparer.Ordinal);
    }

    /// <summary>Adds the steps, and to the certificates what they have to do with CRLs.</summary>
    public static ImmutableArray<FinalStep> Plan(
        Scenario scenario, FileNames names, ImmutableArray<PlannedCertificate>.Builder certificates)
    {
        var steps = ImmutableArray.CreateBuilder<FinalStep>();
        var planner = new CrlPlanner(scenario, names, certificates);
        Dictionary<string, ImmutableArray<string>> checkedOnes = planner.Checked();
        HashSet<string> issuing = [.. checkedOnes.Values.SelectMany(stems => stems)];
        foreach (Authority authority in scenario.Authorities.Where(planner.Revokes))
        {
            issuing.Add(FileNames.Stem(authority));
        }

        for (int index = 0; index < certificates.Count; index++)
        {
            PlannedCertificate planned = certificates[index];
            ImmutableArray<string> issuers = [.. checkedOnes.GetValueOrDefault(planned.Stem, []).Where(planner.Issues)];
            if (planned.IsAuthority ? issuing.Contains(planned.Stem) && planner.Issues(planned.Stem) : !issuers.IsEmpty)
            {
                certificates[index] = planned with
                {
                    CrlIssuers = issuers,
                    Files = planned.Files with { Crl = names.Path(planned.Holder, planned.Stem, ArtifactKind.Crl) },
                };
            }
        }

        foreach (Authority authority in scenario.Authorities.Where(authority => issuing.Contains(FileNames.Stem(authority)) && authority.Crl is not null))
        {
            steps.Add(new FinalStep(FileNames.Stem(authority), null, planner.Sign(authority, authority.Crl!)));
        }

        foreach (PlannedCertificate planned in certificates.Where(planned => !planned.CrlIssuers.IsEmpty))
        {
            ImmutableArray<string> files = [.. planned.CrlIssuers.Select(planner.FileOf)];
            steps.Add(new FinalStep(planned.Stem, planned.Replicas, new WriteCrls(planned.Holder, files, planned.Files.Crl!)));
        }

        return steps.ToImmutable();
    }

    /// <summary>
    /// Of each certificate whose holder checks, the authorities in the paths that it may have to check: from those that sign for a
    /// party to the trust anchor, in the order of the scenario.
    /// </summary>
    private Dictionary<string, ImmutableArray<string>> Checked()
    {
        var byAnchors = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (!_certificates.Any(planned => planned.ChecksRevocation))
        {
            return byAnchors;
        }

        var paths = _certificates.Where(planned => !planned.IsAuthority).Select(planned => planned.Issuer).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(issuer => PathFrom(issuer).ToArray()).ToArray();
        foreach (PlannedCertificate planned in _certificates.Where(planned => planned.ChecksRevocation))
        {
            var needed = new HashSet<string>(planned.Anchors, StringComparer.Ordinal);
            foreach (string[] path in paths)
            {
                needed.UnionWith(path.Take(Array.FindLastIndex(path, stem => planned.Anchors.Contains(stem)) + 1));
            }

            byAnchors.Add(planned.Stem, [.. _scenario.Authorities.Select(FileNames.Stem).Where(needed.Contains)]);
        }

        return byAnchors;
    }

    private IEnumerable<string> PathFrom(string issuer)
    {
        for (string? name = issuer; name is not null; name = _authorities[name].Issuer)
        {
            yield return name;
        }
    }

    private bool Issues(string stem) => _scenario.Authority(stem).Crl is not null;

    private bool Revokes(Authority authority) => !authority.Revokes.IsEmpty || _revoked.Contains(FileNames.Stem(authority));

    private string FileOf(string stem) => _names.Path(_authorities[stem].Holder, stem, ArtifactKind.Crl);

    private SignCrl Sign(Authority authority, CrlSpecification crl)
    {
        PlannedCertificate issuer = _authorities[FileNames.Stem(authority)];
        var template = new CrlTemplate(
            crl.Lifetime,
            crl.RenewBefore,
            authority.Certificate?.Digest ?? DigestAlgorithm.Sha256,
            [
                .. _revoked[issuer.Stem].Select(revoked => new RevokedCertificate(
                    revoked.Stem, revoked.Replicas, _names.Path(issuer.Holder, revoked.Stem, ArtifactKind.Certificate), revoked.Revoked!)),
            ],
            authority.Revokes);

        // Whoever has the key signs, also where the list is forged: nobody gets another's.
        PlannedCertificate signer = _authorities[crl.SignedBy ?? issuer.Stem];
        return new SignCrl(signer.Holder, template, FilesOf(issuer), FilesOf(signer), FileOf(issuer.Stem));
    }

    private static IssuerFiles FilesOf(PlannedCertificate authority) =>
        new(authority.Stem, authority.Files.Certificate, authority.Files.Key, authority.Key);
}
