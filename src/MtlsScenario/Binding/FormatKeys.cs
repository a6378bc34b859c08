using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>The keys of the scenario format, by what they are keys of.</summary>
internal static class FormatKeys
{
    private static readonly ImmutableArray<string> Certificate =
    [
        "subject", "issuer", "key", "digest", "lifetime", "serial", "names", "keyUsage", "extendedKeyUsage", "extensions",
        "request", "profile", "renewBefore", "revoked", "external", "adopted", "files",
    ];

    private static readonly ImmutableArray<string> AuthorityAlone = ["pathLength", "nameConstraints", "operator", "revokes", "crl"];
    private static readonly ImmutableArray<string> PartyAlone = ["trusts", "presents", "revocation", "formats", "password"];
    private static readonly ImmutableArray<string> OfPartyAlone = ["replicas", "keyMode", "keyGroup"];
    private static readonly ImmutableArray<string> ServerAlone = ["listen", "tlsMin", "admits"];

    public static ImmutableArray<string> Scenario { get; } =
        ["version", "name", "description", "defaults", "folders", "authorities", "parties", "connections"];

    public static ImmutableArray<string> Defaults { get; } = ["key", "digest", "lifetime", "profile", "renewBefore", "request", "revocation", "formats", "password"];

    public static ImmutableArray<string> Authority { get; } = [.. Certificate, .. AuthorityAlone];

    public static ImmutableArray<string> Party { get; } = ["server", "client", "peer", .. OfPartyAlone];

    public static ImmutableArray<string> Connection { get; } =
        ["from", "to", "expect", "by", "because", "host", "tls", "at", "presents"];

    public static ImmutableArray<string> Password { get; } = ["file", "env"];

    /// <summary>The files of a certificate that may have names of their own.</summary>
    public static ImmutableArray<string> Files { get; } = ["crt", "key", "csr", "chain", "trust"];

    /// <summary>What can be said of a format.</summary>
    public static ImmutableArray<string> OfFormat(FormatKind format) => format switch
    {
        FormatKind.Pkcs12 => ["encryption"],
        FormatKind.TrustStore => ["password"],
        _ => [],
    };

    /// <summary>What <c>profile: bare</c> leaves no place for.</summary>
    public static ImmutableArray<string> NotBare { get; } =
        ["names", "keyUsage", "extendedKeyUsage", "extensions", "pathLength", "nameConstraints"];

    /// <summary>Keys that an authority does not have, with whose they are.</summary>
    public static ImmutableDictionary<string, string> NotOfAuthorities { get; } = Owners(
        ("a party's certificate", PartyAlone), ("a server's or peer's certificate", ServerAlone), ("a party", OfPartyAlone));

    public static ImmutableArray<string> CertificateOf(Role role) =>
        role == Role.Client ? [.. Certificate, .. PartyAlone] : [.. Certificate, .. PartyAlone, .. ServerAlone];

    /// <summary>Keys that a party's certificate of that role does not have, with whose they are.</summary>
    public static ImmutableDictionary<string, string> NotOf(Role role) => role == Role.Client
        ? Owners(("an authority", AuthorityAlone), ("a server's or peer's certificate", ServerAlone), ("a party", OfPartyAlone))
        : Owners(("an authority", AuthorityAlone), ("a party", OfPartyAlone));

    private static ImmutableDictionary<string, string> Owners(params (string Owner, ImmutableArray<string> Keys)[] owners) =>
        owners.SelectMany(pair => pair.Keys.Select(key => KeyValuePair.Create(key, pair.Owner)))
            .ToImmutableDictionary(StringComparer.Ordinal);
}
