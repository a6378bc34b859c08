using MtlsScenario.Model;

namespace MtlsScenario.Rollouts;

/// <summary>
/// Layouts between two others, where some parties could only be changed all at once (a circle of the order, <c>wide</c>):
/// <em>widen</em>, in which these accept both and still are who they were, and <em>identity</em>, in which they accept both and are
/// who they are to be. The parties that come before the circle (<c>first</c>) are changed in both, the rest in neither. They have
/// the connections that there are before and after.
/// </summary>
/// <param name="old">The layout that is.</param>
/// <param name="made">The layout that is to be.</param>
/// <param name="wide">The parties that accept both.</param>
/// <param name="first">The parties that are as they are to be from the first step on.</param>
internal sealed class IntermediateLayouts(Scenario old, Scenario made, IReadOnlySet<string> wide, IReadOnlySet<string> first)
{
    /// <summary>With the certificates of before.</summary>
    public Scenario Widen() => Between(useNew: false);

    /// <summary>With the certificates of after.</summary>
    public Scenario Identity() => Between(useNew: true);

    private Scenario Between(bool useNew) => made with
    {
        Description = $"On the way to {made.Name}: {string.Join(", ", wide)} accept both, and {(useNew ? "are who they are to be" : "still are who they were")}.",
        Authorities = [.. made.Authorities, .. old.Authorities.Where(authority => made.Authorities.All(other => other.Name != authority.Name))],
        Parties =
        [
            .. made.Parties.Select(party => old.Parties.FirstOrDefault(other => other.Name == party.Name) is { } before ? Between(before, party, useNew) : party),
            .. old.Parties.Where(party => made.Parties.All(other => other.Name != party.Name)),
        ],
        Connections =
        [
            // Which end rejects, and why, may be otherwise in between.
            .. SharedConnections.Of(old, made).Kept.Select(kept => (IsNew(kept.New.From.Party, useNew) ? kept.New : kept.Old) with { By = null, Because = null }),
        ],
    };

    private bool IsNew(string party, bool useNew) => wide.Contains(party) ? useNew : first.Contains(party);

    private Party Between(Party old, Party made, bool useNew) => !wide.Contains(made.Name)
        ? IsNew(made.Name, useNew) ? made : old
        : (useNew ? made : old) with
        {
            Replicas = old.Replicas is { } before && made.Replicas is { } after ? Math.Max(before, after) : (useNew ? made : old).Replicas,
            Certificates =
            [
                .. made.Certificates.Select(use => old.Find(use.Role) is { } before ? Between(before, use, useNew) : use),
                .. old.Certificates.Where(use => made.Find(use.Role) is null),
            ],
        };

    private static PartyCertificate Between(PartyCertificate old, PartyCertificate made, bool useNew)
    {
        PartyCertificate one = useNew ? made : old;
        bool hasNames = one.Certificate.Profile != CertificateProfile.Bare && !one.IsExternal;
        return one with
        {
            Trusts = [.. old.Trusts.Union(made.Trusts, StringComparer.Ordinal)],
            Admits = old.Admits is { } before && made.Admits is { } after ? [.. before.Union(after)] : null,
            MinimumTls = old.MinimumTls < made.MinimumTls ? old.MinimumTls : made.MinimumTls,
            ChecksRevocation = old.ChecksRevocation && made.ChecksRevocation,
            Certificate = !hasNames ? one.Certificate : one.Certificate with { Names = [.. old.Certificate.Names.Union(made.Certificate.Names)] },
        };
    }
}
