using System.Collections.Immutable;
using System.Formats.Asn1;
using MtlsScenario.Model;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>Says what a certificate says, among the authorities that are known. It owns nothing.</summary>
/// <param name="authorities">The certificates that may have issued others.</param>
internal sealed class CertificateDescriber(IReadOnlyCollection<KnownAuthority> authorities)
{
    private readonly ILookup<ParsedName, KnownAuthority> _byName = authorities.ToLookup(authority => authority.Certificate.Subject);
    private readonly ILookup<string, KnownAuthority> _byIdentifier = authorities
        .Where(authority => authority.Certificate.SubjectKeyIdentifier is not null)
        .ToLookup(authority => Convert.ToHexString(authority.Certificate.SubjectKeyIdentifier!.Value.Span), StringComparer.Ordinal);

    /// <summary>What a certificate says, as it is.</summary>
    public CertificateContent Describe(ParsedCertificate certificate)
    {
        (string issuer, string? stem) = Issuer(certificate);
        return new CertificateContent
        {
            Version = certificate.Version,
            Subject = Subject(certificate),
            Issuer = issuer,
            IssuerStem = stem,
            SerialNumber = PlanText.Serial(certificate.SerialNumber),
            Validity = PlanText.Validity(certificate.NotBefore, certificate.NotAfter),
            NotBefore = certificate.NotBefore,
            NotAfter = certificate.NotAfter,
            PublicKey = certificate.KeyDescription.Text,
            SignatureAlgorithm = certificate.SignatureAlgorithm.Name,
            Extensions = [.. certificate.Extensions.Select(extension => Describe(certificate, extension))],
        };
    }

    /// <summary>What an extension says; key identifiers by whose they are, where that is known.</summary>
    public ExtensionEntry Describe(ParsedCertificate certificate, ParsedExtension extension) => new(
        ExtensionText.Name(extension.Oid),
        extension.IsCritical,
        extension.Oid switch
        {
            Oids.SubjectKeyIdentifier => SubjectKeyIdentifier(certificate, extension),
            Oids.AuthorityKeyIdentifier => AuthorityKeyIdentifier(certificate, extension),
            _ => ExtensionText.Of(extension),
        });

    /// <summary>The authority that signed it, or null.</summary>
    public KnownAuthority? IssuerOf(ParsedCertificate certificate) =>
        _byName[certificate.Issuer].FirstOrDefault(authority => authority.Issued(certificate));

    /// <summary>The authority that signed a CRL of its own, or null.</summary>
    public KnownAuthority? SignerOf(ParsedCrl crl) => _byName[crl.Issuer].FirstOrDefault(authority => authority.Issued(crl));

    /// <summary>What a CRL says.</summary>
    /// <param name="crl">The CRL.</param>
    /// <param name="files">Where it is.</param>
    /// <param name="nameOf">The stem of a certificate with an issuer's name and a serial number, where there is one.</param>
    public CrlDescription Describe(ParsedCrl crl, ImmutableArray<string> files, Func<ParsedName, ReadOnlyMemory<byte>, string?> nameOf)
    {
        KnownAuthority? signer = SignerOf(crl);
        (string issuer, string? stem) = Issuer(crl.Issuer, crl.SignatureAlgorithm, signer);
        return new CrlDescription
        {
            Files = files,
            Version = crl.Version,
            SignatureAlgorithm = crl.SignatureAlgorithm.Name,
            Issuer = issuer,
            IssuerStem = stem,
            ThisUpdate = crl.ThisUpdate,
            NextUpdate = crl.NextUpdate,
            Entries =
            [
                .. crl.Entries.Select(entry => new RevokedEntry(
                    PlanText.Serial(entry.SerialNumber), nameOf(crl.Issuer, entry.Serial), entry.RevokedAt, entry.Reason is { } reason ? RevocationReasonNames.NameOf(reason) : null)),
            ],
            Extensions =
            [
                .. crl.Extensions.Select(extension => new ExtensionEntry(
                    ExtensionText.Name(extension.Oid),
                    extension.IsCritical,
                    extension.Oid == Oids.AuthorityKeyIdentifier && KeyIdentifierAlone(extension) is { } identifier
                        ? WhoseKey(extension, identifier, signer)
                        : ExtensionText.Of(extension))),
            ],
        };
    }

    private static string Subject(ParsedCertificate certificate) =>
        certificate.Subject.RelativeNames.IsEmpty ? "empty" : certificate.Subject.ToString();

    /// <summary>Its issuer in words, and the stem of the authority that signed it where that is another one that is known.</summary>
    private (string Text, string? Stem) Issuer(ParsedCertificate certificate)
    {
        if (certificate.IsSelfSigned)
        {
            return (PlanText.Itself, null);
        }

        return Issuer(certificate.Issuer, certificate.SignatureAlgorithm, IssuerOf(certificate));
    }

    private (string Text, string? Stem) Issuer(ParsedName issuer, SignatureAlgorithm algorithm, KnownAuthority? signer)
    {
        string name = issuer.ToString();
        if (signer is not null)
        {
            return (PlanText.Issuer(name, signer.Stem), signer.Stem);
        }

        KnownAuthority[] namesakes = [.. _byName[issuer]];
        string text = namesakes.FirstOrDefault(namesake => !namesake.CanTell(algorithm)) is { } likely
            ? $"{PlanText.Issuer(name, likely.Stem)}, signature not checked"
            : namesakes is [var namesake, ..] ? $"{name}, not signed by the key of {namesake.Stem}" : $"{name}, not here";
        return (text, null);
    }

    private static string SubjectKeyIdentifier(ParsedCertificate certificate, ParsedExtension extension)
    {
        byte[] hash = SubjectPublicKeys.Identifier(certificate.SubjectPublicKeyInfo.Span);
        return certificate.SubjectKeyIdentifier is { } identifier && identifier.Span.SequenceEqual(hash)
            ? PlanText.OwnKeyHash
            : ExtensionText.Of(extension);
    }

    private string AuthorityKeyIdentifier(ParsedCertificate certificate, ParsedExtension extension)
    {
        if (KeyIdentifierAlone(extension) is not { } identifier)
        {
            return ExtensionText.Of(extension);
        }

        if (certificate.IsSelfIssued && certificate.SubjectKeyIdentifier is { } own && own.Span.SequenceEqual(identifier.Span))
        {
            return PlanText.OwnKeyHash;
        }

        return WhoseKey(extension, identifier, IssuerOf(certificate));
    }

    /// <summary>Whose key an authorityKeyIdentifier means. The issuer first: several may have one key, and so one identifier.</summary>
    private string WhoseKey(ParsedExtension extension, ReadOnlyMemory<byte> identifier, KnownAuthority? issuer) =>
        (issuer?.Certificate.SubjectKeyIdentifier is { } own && own.Span.SequenceEqual(identifier.Span)
            ? issuer
            : _byIdentifier[Convert.ToHexString(identifier.Span)].FirstOrDefault())
            is { } match ? PlanText.KeyOf(match.Stem) : ExtensionText.Of(extension);

    private static ReadOnlyMemory<byte>? KeyIdentifierAlone(ParsedExtension extension)
    {
        try
        {
            AsnReader sequence = new AsnReader(extension.Value, AsnEncodingRules.BER).ReadSequence();
            ReadOnlyMemory<byte> identifier = sequence.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0));
            return sequence.HasData ? NotAlone : identifier;
        }
        catch (AsnContentException)
        {
            return NotAlone;
        }
    }

    /// <summary>(In a conditional a bare null would become an empty memory, by way of an array.)</summary>
    private static ReadOnlyMemory<byte>? NotAlone => null;
}
