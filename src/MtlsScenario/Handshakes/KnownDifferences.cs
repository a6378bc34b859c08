using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using MtlsScenario.Model;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Handshakes;

/// <summary>
/// Where TLS stacks are known to differ on the certificates of a trial, so that the verdict of one is not taken for that of
/// all. Measured with openssl 3.0, curl 7.88, nginx 1.22, Node 20, Go 1.24, .NET 10 and Java 17. Who cannot present a certificate
/// fails before it judges anybody: OpenSSL does not take it at the security level of its user (all but Node's is 2).
/// </summary>
internal static class KnownDifferences
{
    private const int LeastRsaBits = 2048;

    /// <summary>The types of string that every stack reads in a name: those of RFC 5280, and two that are for other attributes.</summary>
    private static readonly ImmutableArray<UniversalTagNumber> _usualText =
    [
        UniversalTagNumber.UTF8String, UniversalTagNumber.PrintableString, UniversalTagNumber.TeletexString,
        UniversalTagNumber.BMPString, UniversalTagNumber.IA5String, UniversalTagNumber.NumericString,
    ];

    /// <summary>What is to be said of a trial: a sentence each, without a full stop.</summary>
    public static ImmutableArray<string> Of(Trial trial, TrialArtifacts artifacts)
    {
        try
        {
            return [.. OfServerNames(trial, artifacts.Server), .. OfChain(trial.Server, artifacts.Server, artifacts.Client), .. OfChain(trial.Client, artifacts.Client, artifacts.Server), .. OfCrls(trial.Client, artifacts.Client), .. OfCrls(trial.Server, artifacts.Server)];
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            return [];
        }
    }

    private static IEnumerable<string> OfServerNames(Trial trial, EndArtifacts server)
    {
        PeerNames names = PeerNames.Of(server.Parsed.Chain[0]);
        if (!names.AlternativeNames.Any(name => name.Kind is GeneralNameKind.Dns or GeneralNameKind.IpAddress))
        {
            yield return $"{trial.Server} has a CN and no names: Go rejects it; openssl, curl, Node, .NET and Java accept it";
        }

        if (names.AlternativeNames.Any(name => name.Kind == GeneralNameKind.Dns
            && name.Value.StartsWith("*.", StringComparison.Ordinal) && !name.Value[2..].Contains('.', StringComparison.Ordinal)))
        {
            yield return $"{trial.Server} has a wildcard for a top-level name: Go accepts it; openssl, curl, Node, .NET and Java reject it";
        }
    }

    private static IEnumerable<string> OfChain(TrialEnd end, EndArtifacts own, EndArtifacts other)
    {
        ImmutableArray<ParsedCertificate> presented = own.Parsed.Chain;
        ImmutableArray<ParsedCertificate> known = [.. presented, .. other.Parsed.Anchors];
        if (presented.Any(IsSha1))
        {
            yield return $"{end} presents a SHA-1 signature: .NET and Java accept it; openssl, curl, Node and Go reject it"
                + (IsSha1(presented[0]) ? "; openssl, curl, nginx, Node and .NET cannot present it" : "");
        }

        if (KeyDescription.RsaBits(presented[0].SubjectPublicKeyInfo) is { } bits && bits < LeastRsaBits)
        {
            yield return $"{end} has an RSA key of {bits} bits: openssl, curl and nginx reject it; Node, Go, .NET and Java accept it; "
                + "openssl, curl, nginx and .NET cannot present it";
        }

        if (end.Certificate.Role != Role.Server && presented[0].Subject.RelativeNames.IsEmpty && !presented[0].Extensions.Any(extension => extension is { IsCritical: true, Oid: Oids.SubjectAltName }))
        {
            yield return $"{end} has no subject and no critical names: Java rejects it; openssl, nginx, Node, Go, Python and .NET accept it";
        }

        if (presented.Any(certificate => HasUnusualText(certificate.Subject) || HasUnusualText(certificate.Issuer)))
        {
            yield return $"a name in the chain of {end} is written in a type of string that is no usual one: Go rejects it; openssl, nginx, Node, Python, .NET and Java accept it";
        }

        if (presented.Skip(1).Any(certificate => HasPurposesWithout(certificate, end.Certificate.Role)))
        {
            yield return $"an intermediate of {end} has an extendedKeyUsage without its purpose: Java accepts it; openssl, curl, Node, Go and .NET reject it";
        }

        if (presented.Any(certificate => PointsElsewhere(certificate, known)))
        {
            yield return $"the authorityKeyIdentifier of {end} is not that of the issuer of that name: where the key is the right one, Go and Java accept it; openssl, curl, Node and .NET reject it";
        }
    }

    private static IEnumerable<string> OfCrls(TrialEnd end, EndArtifacts own)
    {
        if (own.Crls is not { } lists)
        {
            yield break;
        }

        if (!own.Anchors.All(anchor => ParsedCertificate.TryParse(anchor, out ParsedCertificate? parsed) && parsed.IsSelfIssued))
        {
            yield return $"{end} checks CRLs up to a trust anchor that is no root: openssl, curl, nginx, Node and Python then accept nobody; .NET, Java and Go check up to it";
        }

        ParsedCrl[] crls = [.. lists.Select(der => ParsedCrl.TryParse(der, out ParsedCrl? crl) ? crl : null).OfType<ParsedCrl>()];
        if (crls.Any(crl => crl.Entries.Any(entry => entry.RevokedAt > DateTimeOffset.UtcNow)))
        {
            yield return $"a CRL of {end} revokes from a moment on that is yet to come: openssl, curl, nginx, Node, Python, Go and .NET reject at once; Java accepts until then";
        }

        if (crls.Any(crl => crl.Extensions.Any(extension => extension.Oid == "2.5.29.27")))
        {
            yield return $"a CRL of {end} is a delta: OpenSSL 1.1.1 and 3.0 take it for a whole one; later ones, .NET, Java and Go do not";
        }
        else if (crls.Any(crl => crl.HasUnknownInEntry))
        {
            yield return $"a CRL of {end} has an entry with a critical extension that is not known: Java looks at the entry of the certificate alone; all others take the whole list for unknown";
        }
    }

    private static bool IsSha1(ParsedCertificate certificate) => Oids.IsSha1(certificate.SignatureAlgorithm.Oid);

    /// <summary>Whether a name has a value of another type than these.</summary>
    private static bool HasUnusualText(ParsedName name)
    {
        AsnReader names = new AsnReader(name.Der, AsnEncodingRules.BER).ReadSequence();
        while (names.HasData)
        {
            AsnReader relative = names.ReadSetOf(skipSortOrderValidation: true);
            while (relative.HasData)
            {
                AsnReader attribute = relative.ReadSequence();
                attribute.ReadObjectIdentifier();
                Asn1Tag tag = attribute.PeekTag();
                if (tag.TagClass != TagClass.Universal || !_usualText.Contains((UniversalTagNumber)tag.TagValue))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HasPurposesWithout(ParsedCertificate certificate, Role role)
    {
        string wanted = role == Role.Client ? KeyPurpose.ClientAuth.Oid : KeyPurpose.ServerAuth.Oid;
        return certificate.Find(Oids.ExtendedKeyUsage) is { } purposes
            && !ExtensionText.Purposes(new AsnReader(purposes.Value, AsnEncodingRules.BER)).Any(purpose => purpose.Oid == wanted);
    }

    private static bool PointsElsewhere(ParsedCertificate certificate, ImmutableArray<ParsedCertificate> known)
    {
        if (AuthorityKeyIdentifier.Of(certificate)?.KeyIdentifier is not { } wanted)
        {
            return false;
        }

        ParsedCertificate[] named = [.. known.Where(issuer => issuer.Subject.Equals(certificate.Issuer))];
        return named.Length > 0 && !named.Any(issuer => issuer.SubjectKeyIdentifier is not { } identifier || identifier.Span.SequenceEqual(wanted.Span));
    }
}
