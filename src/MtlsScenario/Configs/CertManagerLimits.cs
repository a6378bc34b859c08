using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>What cert-manager (1.18 or later) can be told of a certificate, and what it cannot.</summary>
internal static class CertManagerLimits
{
    private const int LongestName = 63;
    private static readonly ImmutableArray<string> s_attributes = ["CN", "C", "O", "OU", "L", "ST", "street", "serialNumber", "DC", "UID"];

    private static readonly ImmutableArray<(KeyUsages Usage, string Word)> s_keyUsages =
    [
        (KeyUsages.DigitalSignature, "digital signature"), (KeyUsages.NonRepudiation, "content commitment"), (KeyUsages.KeyEncipherment, "key encipherment"),
        (KeyUsages.DataEncipherment, "data encipherment"), (KeyUsages.KeyAgreement, "key agreement"), (KeyUsages.KeyCertSign, "cert sign"),
        (KeyUsages.CrlSign, "crl sign"), (KeyUsages.EncipherOnly, "encipher only"), (KeyUsages.DecipherOnly, "decipher only"),
    ];

    private static readonly ImmutableArray<(string Purpose, string Word)> s_purposes =
    [
        ("serverAuth", "server auth"), ("clientAuth", "client auth"), ("codeSigning", "code signing"), ("emailProtection", "email protection"),
        ("timeStamping", "timestamping"), ("OCSPSigning", "ocsp signing"), ("anyExtendedKeyUsage", "any"),
    ];

    /// <summary>Its words for kinds of names.</summary>
    public static ImmutableArray<(string Member, GeneralNameKind Kind)> NameMembers { get; } =
        [("dnsNames", GeneralNameKind.Dns), ("ipAddresses", GeneralNameKind.IpAddress), ("uris", GeneralNameKind.Uri), ("emailAddresses", GeneralNameKind.Email)];

    /// <summary>Its words for kinds of subtrees.</summary>
    public static ImmutableArray<(string Member, GeneralNameKind Kind)> SubtreeMembers { get; } =
        [("dnsDomains", GeneralNameKind.Dns), ("ipRanges", GeneralNameKind.IpAddress), ("uriDomains", GeneralNameKind.Uri), ("emailAddresses", GeneralNameKind.Email)];

    /// <summary>Its words for what a key is for.</summary>
    public static IEnumerable<string> Usages(CertificateSpecification certificate) =>
        s_keyUsages.Where(entry => certificate.KeyUsage.HasFlag(entry.Usage)).Select(entry => entry.Word)
            .Concat(certificate.ExtendedKeyUsage.Select(WordOf).OfType<string>());

    /// <summary>How long a certificate is valid from its issuance on; null for a time of its own.</summary>
    public static TimeSpan? DurationOf(Lifetime lifetime) => lifetime is { From: TimePoint.Offset { FromNow.Ticks: 0 }, Until: TimePoint.Offset { FromNow: var end } } ? end : null;

    /// <summary>Its word and size for a kind of key; null for one that it does not make.</summary>
    public static (string Algorithm, int? Size)? KeyOf(KeyAlgorithm key) => key switch
    {
        KeyAlgorithm.Rsa2048 => ("RSA", 2048),
        KeyAlgorithm.Rsa3072 => ("RSA", 3072),
        KeyAlgorithm.Rsa4096 => ("RSA", 4096),
        KeyAlgorithm.EcP256 => ("ECDSA", 256),
        KeyAlgorithm.EcP384 => ("ECDSA", 384),
        KeyAlgorithm.EcP521 => ("ECDSA", 521),
        KeyAlgorithm.Ed25519 => ("Ed25519", null),
        _ => null,
    };

    /// <summary>Why it cannot make a certificate; null where it can.</summary>
    /// <param name="who">Whose: an authority's name or a stem.</param>
    /// <param name="what">What it is to be; null where that is not described.</param>
    /// <param name="issuerKey">The kind of its issuer's key; null where that is not described.</param>
    public static ConfigOutcome.Refused? Fault(string who, CertificateSpecification? what, KeyAlgorithm? issuerKey)
    {
        if (what is null)
        {
            return new ConfigOutcome.Refused($"cert-manager issues certificates, and {who}'s is provided", "put what is provided into a Secret, and name that in an Issuer");
        }

        AttributeTypeAndValue? attribute = what.Subject.RelativeNames.SelectMany(relative => relative.Attributes).FirstOrDefault(entry => !s_attributes.Contains(entry.Type.ShortName));
        (string Is, string Hint)? fault = what switch
        {
            { Profile: CertificateProfile.Bare } => ("profile bare", "leave out profile"),
            { Serial: not SerialNumber.Random } => ("a serial of its own", "leave out serial"),
            { Lifetime: var lifetime } when DurationOf(lifetime) is not { } duration || duration < TimeSpan.FromHours(1) =>
                ("a lifetime that is not a duration of an hour or more from its issuance on", "write one, as lifetime: 90d"),
            { RenewBefore: { } before } when before < TimeSpan.FromMinutes(5) => ("a renewBefore of less than five minutes", "write 5m or more"),
            { PathLength: not null } => ("a pathLength", "leave out pathLength"),
            { Extensions.IsEmpty: false } => ("extensions of its own", "leave out extensions"),
            { Revoked: not null } => ("a revocation", "leave out revoked"),
            { Digest: var digest } when DigestOf(issuerKey) is { } rule && rule != digest =>
                ($"a digest other than {rule.ToString().ToLower(CultureInfo.InvariantCulture)}, which it takes for the issuer's key", $"write digest: {rule.ToString().ToLower(CultureInfo.InvariantCulture)}"),
            { Key: var key } when KeyOf(key) is null => ("an ML-DSA key", "choose another key"),
            { KeyUsage: KeyUsages.None } => ("no keyUsage", "leave out keyUsage, or name one"),
            { ExtendedKeyUsage: var purposes } when purposes.Any(purpose => WordOf(purpose) is null) =>
                ($"the purpose {purposes.First(purpose => WordOf(purpose) is null)}", "leave it out of extendedKeyUsage"),
            _ when attribute is not null => ($"{attribute.Type.ShortName} in its subject", $"it knows {string.Join(", ", s_attributes)}"),
            _ when what.Subject.RelativeNames.IsEmpty && what.Names.IsEmpty => ("neither subject nor names", "write one"),
            _ when CertManagerManifest.NameOf(who).Length > LongestName => ("a name that no object of Kubernetes can have", $"choose one of at most {LongestName} characters"),
            _ => null,
        };
        return fault is var (is_, hint) ? new ConfigOutcome.Refused($"cert-manager cannot be told of {is_}, which {VisibleText.Of(who)} has", hint) : null;
    }

    /// <summary>Why it cannot make of the certificates what the party presents and trusts; null where it can.</summary>
    public static ConfigOutcome.Refused? Fault(CertificationPath path)
    {
        string stem = path.Stem;
        ImmutableArray<string> names = [.. path.Above.Select(authority => authority.Name).Append(stem).Append("selfsigned").Select(CertManagerManifest.NameOf)];
        return path switch
        {
            { Certificate.Presents: Presentation.Leaf, Above.Length: > 1 } => new($"cert-manager writes the chain with the certificate, and {stem} presents its leaf alone", "leave out presents"),
            { Above: var above } when above.FirstOrDefault(authority => authority.Certificate?.KeyUsage.HasFlag(KeyUsages.KeyCertSign) == false) is { } other =>
                new($"cert-manager gives every authority the keyUsage keyCertSign, which {other.Name} has not", "leave out keyUsage"),
            { Anchors: var anchors } when anchors.FirstOrDefault(anchor => anchor.Certificate is null) is { } provided =>
                new($"cert-manager issues certificates, and {provided.Name}'s is provided", "put what is provided into a Secret, and name that in a Bundle"),

            // The Secret of one that is deeper has those between it and the root in the same file, and a Bundle would trust them too.
            { Anchors: var anchors } when anchors.FirstOrDefault(anchor => anchor.Issuer is { } issuer && !path.IsRoot(issuer)) is { } deep =>
                new($"of {deep.Name} cert-manager's Secret has those above it too, and {stem} trusts it alone", "trust a root"),
            _ when names.Distinct().Count() < names.Length => new($"of {stem} and the authorities above it two would be one object of Kubernetes", "choose names that differ in more than case and _"),
            _ => null,
        };
    }

    private static string? WordOf(KeyPurpose purpose) => s_purposes.FirstOrDefault(entry => entry.Purpose == purpose.ToString()).Word;

    /// <summary>The digest that it signs with; null where the key has one in itself.</summary>
    private static DigestAlgorithm? DigestOf(KeyAlgorithm? issuer) => issuer switch
    {
        KeyAlgorithm.Rsa4096 or KeyAlgorithm.EcP521 => DigestAlgorithm.Sha512,
        KeyAlgorithm.Rsa3072 or KeyAlgorithm.EcP384 => DigestAlgorithm.Sha384,
        null or KeyAlgorithm.Ed25519 => null,
        _ => DigestAlgorithm.Sha256,
    };
}
