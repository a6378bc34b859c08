using System.Formats.Asn1;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>Says what a certificate says, among the authorities that are known. It owns nothing.</summary>
/// <param name="authorities">The certificates that may have issued others.</param>
internal sealed class CertificateDescriber(IReadOnlyCollection<KnownAuthority> authorities)
{
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
        authorities.FirstOrDefault(authority => authority.Issued(certificate));

    private static string Subject(ParsedCertificate certificate) =>
        certificate.Subject.RelativeNames.IsEmpty ? "empty" : certificate.Subject.ToString();

    /// <summary>Its issuer in words, and the stem of the authority that signed it where that is another one that is known.</summary>
    private (string Text, string? Stem) Issuer(ParsedCertificate certificate)
    {
        if (certificate.IsSelfIssued && certificate.IsSignedBy(certificate.SubjectPublicKeyInfo))
        {
            return (PlanText.Itself, null);
        }

        string name = certificate.Issuer.ToString();
        if (IssuerOf(certificate) is { } issuer)
        {
            return (PlanText.Issuer(name, issuer.Stem), issuer.Stem);
        }

        KnownAuthority[] namesakes = [.. authorities.Where(authority => authority.IsNamedBy(certificate))];
        string text = namesakes.FirstOrDefault(namesake => !namesake.CanTell(certificate)) is { } likely
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

        bool IsThatOf(ParsedCertificate other) =>
            other.SubjectKeyIdentifier is { } own && own.Span.SequenceEqual(identifier.Span);
        if (certificate.IsSelfIssued && IsThatOf(certificate))
        {
            return PlanText.OwnKeyHash;
        }

        // The issuer first: several may have one key, and so one identifier.
        KnownAuthority? match = IssuerOf(certificate) is { } issuer && IsThatOf(issuer.Certificate)
            ? issuer
            : authorities.FirstOrDefault(authority => IsThatOf(authority.Certificate));
        return match is null ? ExtensionText.Of(extension) : PlanText.KeyOf(match.Stem);
    }

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
