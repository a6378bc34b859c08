using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A party's certificate and who is above it, as the scenario describes them.</summary>
/// <param name="Stem">The stem of the certificate: <c>bob_server</c>.</param>
/// <param name="Certificate">The certificate, the number of a replica in its place.</param>
/// <param name="Above">The authorities above it, the nearest first.</param>
/// <param name="Anchors">Whom it trusts.</param>
/// <param name="IsRoot">Whether the authority of a name is a root.</param>
internal sealed record CertificationPath(string Stem, PartyCertificate Certificate, ImmutableArray<Authority> Above, ImmutableArray<Authority> Anchors, Func<string, bool> IsRoot)
{
    /// <summary>The path of a certificate.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="stem">The stem of the certificate, with its number.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="number">Which of the replicas; null where there are none.</param>
    public static CertificationPath Of(Scenario scenario, string stem, PartyCertificate certificate, int? number)
    {
        string digits = number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
        CertificateSpecification own = certificate.Certificate;
        CertificateSpecification one = number is null
            ? own
            : own with
            {
                Subject = own.Subject.ForReplica(digits),
                Names = [.. own.Names.Select(name => name with { Value = name.Value.Replace("{n}", digits, StringComparison.Ordinal) })],
            };
        var above = ImmutableArray.CreateBuilder<Authority>();
        for (string? issuer = own.Issuer; issuer is not null; issuer = above[^1].Issuer)
        {
            above.Add(scenario.Authority(issuer));
        }

        return new CertificationPath(stem, certificate with { Certificate = one }, above.ToImmutable(), [.. certificate.Trusts.Select(scenario.Authority)], name => scenario.Authority(name).Issuer is null);
    }
}
