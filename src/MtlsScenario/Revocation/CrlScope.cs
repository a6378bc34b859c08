using System.Formats.Asn1;
using MtlsScenario.X509;

namespace MtlsScenario.Revocation;

/// <summary>
/// Which lists speak of a certificate at all: a list may be of some certificates or some reasons only, and says so in its
/// issuingDistributionPoint (RFC 5280 section 5.2.5), or be a delta to another.
/// </summary>
/// <param name="certificate">The certificate.</param>
internal sealed class CrlScope(ParsedCertificate certificate)
{
    /// <summary>The object identifier of issuingDistributionPoint.</summary>
    public const string Oid = "2.5.29.28";

    private const string DeltaIndicator = "2.5.29.27";

    private static readonly Asn1Tag Point = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Whether a list of the certificate's issuer speaks of it, whatever the reason. One whose scope cannot be read does not.</summary>
    public bool IsWithin(ParsedCrl crl)
    {
        if (crl.Extensions.Any(extension => extension.Oid == DeltaIndicator))
        {
            return false;
        }

        try
        {
            return crl.Extensions.FirstOrDefault(extension => extension.Oid == Oid) is not { } scope
                || IsWithin(new AsnReader(scope.Value, AsnEncodingRules.DER).ReadSequence());
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private bool IsWithin(AsnReader scope)
    {
        while (scope.HasData)
        {
            Asn1Tag tag = scope.PeekTag();
            bool isWithin = tag.TagValue switch
            {
                0 => Names(scope.ReadSequence(Point)).Intersect(OwnPoints(), StringComparer.Ordinal).Any(),
                1 => !(scope.ReadBoolean(tag) && IsAuthority()),
                2 => !(scope.ReadBoolean(tag) && !IsAuthority()),

                // Of some reasons, of other issuers too, of attribute certificates.
                _ => false,
            };
            if (!isWithin)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsAuthority()
    {
        AsnReader? constraints = certificate.Find(Oids.BasicConstraints) is { } extension
            ? new AsnReader(extension.Value, AsnEncodingRules.BER).ReadSequence()
            : null;
        return constraints is { HasData: true } && constraints.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && constraints.ReadBoolean();
    }

    /// <summary>The names at which the certificate says that its issuer's own lists for all reasons are.</summary>
    private IEnumerable<string> OwnPoints()
    {
        if (certificate.Find(Oids.CrlDistributionPoints) is not { } extension)
        {
            yield break;
        }

        AsnReader points = new AsnReader(extension.Value, AsnEncodingRules.BER).ReadSequence();
        while (points.HasData)
        {
            AsnReader point = points.ReadSequence();
            string[] names = point.HasData && point.PeekTag() == Point ? [.. Names(point.ReadSequence(Point))] : [];
            foreach (string name in point.HasData ? [] : names)
            {
                yield return name;
            }
        }
    }

    /// <summary>The names of a DistributionPointName, each as its bytes; none of one that is relative to the issuer's name.</summary>
    private static IEnumerable<string> Names(AsnReader point)
    {
        if (point.PeekTag() != Point)
        {
            yield break;
        }

        AsnReader names = point.ReadSequence(Point);
        while (names.HasData)
        {
            yield return Convert.ToHexString(names.ReadEncodedValue().Span);
        }
    }
}
