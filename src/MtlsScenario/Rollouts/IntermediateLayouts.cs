using MtlsScenario.Model;

namespace MtlsScenario.Rollouts;

/// <summary>
/// Layouts between two others: <em>widen</em>, in which everybody still is who it was and accepts both, and <em>identity</em>, in
/// which everybody is who it is to be and accepts both. They have the connections that there are before and after.
/// </summary>
internal static class IntermediateLayouts
{
    /// <summary>Everybody accepts what is accepted before or after, with the certificates of before.</summary>
    public static Scenario Widen(Scenario old, Scenario made) => Between(old, made, useNew: false) with
    {
        Connections = [.. SharedConnections.Of(old, made).Kept.Select(kept => Open(kept.Old))],
    };

    /// <summary>Everybody accepts what is accepted before or after, with the certificates of after.</summary>
    public static Scenario Identity(Scenario old, Scenario made) => Between(old, made, useNew: true) with
    {
        Connections = [.. SharedConnections.Of(old, made).Kept.Select(kept => Open(kept.New))],
    };

    private static Scenario Between(Scenario old, Scenario made, bool useNew) => made with
    {
        Description = $"Between {old.Name} and {made.Name}: everybody accepts both, and {(useNew ? "is who it is to be" : "still is who it was")}.",
        Authorities = [.. made.Authorities, .. old.Authorities.Where(authority => made.Authorities.All(other => other.Name != authority.Name))],
        Parties =
        [
            .. made.Parties.Select(party => old.Parties.FirstOrDefault(other => other.Name == party.Name) is { } before ? Between(before, party, useNew) : party),
            .. old.Parties.Where(party => made.Parties.All(other => other.Name != party.Name)),
        ],
    };

    private static Party Between(Party old, Party made, bool useNew) => (useNew ? made : old) with
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
        bool hasNames = one.Certificate.Profile != CertificateProfile.Bare;
        return one with
        {
            Trusts = [.. old.Trusts.Union(made.Trusts, StringComparer.Ordinal)],
            Admits = old.Admits is { } before && made.Admits is { } after ? [.. before.Union(after)] : null,
            MinimumTls = old.MinimumTls < made.MinimumTls ? old.MinimumTls : made.MinimumTls,
            ChecksRevocation = old.ChecksRevocation && made.ChecksRevocation,
            Certificate = !hasNames ? one.Certificate : one.Certificate with { Names = [.. old.Certificate.Names.Union(made.Certificate.Names)] },
        };
    }

    /// <summary>Which end rejects, and why, may be otherwise in between.</summary>
    private static Connection Open(Connection connection) => connection with { By = null, Because = null };
}
