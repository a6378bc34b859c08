using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>
/// A scenario with the places where its parts are written: what the checks across entries work on. It may have faults; of
/// two entries of one name the first counts.
/// </summary>
internal sealed class BoundScenario(
    ImmutableArray<BoundAuthority> authorities, ImmutableArray<BoundParty> parties, ImmutableArray<BoundConnection> connections)
{
    private readonly Dictionary<string, BoundAuthority> _authorities =
        authorities.ToDictionary(authority => authority.Model.Name, StringComparer.Ordinal);

    private readonly Dictionary<string, BoundParty> _parties = parties.ToDictionary(party => party.Model.Name, StringComparer.Ordinal);

    public ImmutableArray<BoundAuthority> Authorities => authorities;

    public ImmutableArray<BoundParty> Parties => parties;

    public ImmutableArray<BoundConnection> Connections => connections;

    /// <summary>Every certificate of a party, with the party.</summary>
    public ImmutableArray<(BoundParty Party, BoundPartyCertificate Use)> PartyCertificates { get; } =
        [.. parties.SelectMany(party => party.Certificates.Select(use => (party, use)))];

    /// <summary>Every certificate: the authorities', then the parties'.</summary>
    public IEnumerable<BoundCertificate> Certificates =>
        [.. authorities.Select(authority => authority.Certificate), .. PartyCertificates.Select(pair => pair.Use.Certificate)];

    /// <summary>The same with these parties in place of its own.</summary>
    public BoundScenario With(ImmutableArray<BoundParty> others) => new(authorities, others, connections);

    /// <summary>The authority of that name, or null.</summary>
    public BoundAuthority? FindAuthority(string? name) => name is null ? null : _authorities.GetValueOrDefault(name);

    /// <summary>The party of that name, or null.</summary>
    public BoundParty? FindParty(string name) => _parties.GetValueOrDefault(name);

    /// <summary>The authorities above a certificate, nearest first; ends where a name is unknown, a cycle closes or the chain is too long.</summary>
    public IEnumerable<BoundAuthority> IssuersAbove(BoundCertificate certificate)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (BoundAuthority? issuer = FindAuthority(certificate.Specification.Issuer);
            issuer is not null && seen.Count < Limits.ChainLength && seen.Add(issuer.Model.Name);
            issuer = FindAuthority(issuer.Model.Issuer))
        {
            yield return issuer;
        }
    }

    /// <summary>The certificate of the calling end, or null where the party or the certificate is missing.</summary>
    public BoundPartyCertificate? Calling(Connection connection) => FindParty(connection.From.Party)?.Find(Role.Client);

    /// <summary>The certificate of the called end, or null where the party or the certificate is missing.</summary>
    public BoundPartyCertificate? Called(Connection connection) => FindParty(connection.To.Party)?.Find(Role.Server);
}

/// <summary>An authority with the place where it is written.</summary>
internal sealed record BoundAuthority(BoundCertificate Certificate, Authority Model);

/// <summary>A party with the places where its certificates are written.</summary>
internal sealed record BoundParty(Fields Fields, Party Model, ImmutableArray<BoundPartyCertificate> Certificates)
{
    /// <summary>Its certificate for that role or, without one, its peer's; or null.</summary>
    public BoundPartyCertificate? Find(Role role) =>
        Certificates.FirstOrDefault(use => use.Model.Role == role) ?? Certificates.FirstOrDefault(use => use.Model.Role == Role.Peer);
}

/// <summary>A party's certificate, how it is used, and where that is written.</summary>
internal sealed record BoundPartyCertificate(BoundCertificate Certificate, PartyCertificate Model);

/// <summary>A certificate with the place where it is written.</summary>
/// <param name="Fields">What is written of it.</param>
/// <param name="Label">What messages call it: <c>authority "ca"</c>, <c>bob's server certificate</c>.</param>
/// <param name="Specification">What it is to be; its issuer is kept as written, known or not.</param>
/// <param name="Replicas">How many there are; null for one.</param>
internal sealed record BoundCertificate(Fields Fields, string Label, CertificateSpecification Specification, int? Replicas = null)
{
    /// <summary>Whether it was read without an error; of others nothing is said but that.</summary>
    public bool IsSound { get; init; } = true;

    /// <summary>Whether its key's kind is said, or decided by a default: not where the certificate is provided and nothing is said.</summary>
    public bool HasKnownKey { get; init; } = true;
}

/// <summary>A connection with the place where it is written.</summary>
internal sealed record BoundConnection(Fields Fields, Connection Model);
