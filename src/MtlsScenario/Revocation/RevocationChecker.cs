using System.Collections.Immutable;
using System.Formats.Asn1;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Revocation;

/// <summary>
/// Whether a certificate of a path is revoked, by CRLs that are at hand: the whole path, up to the trust anchor, as OpenSSL
/// does it with <c>-crl_check_all</c>. It fails closed: where nothing is known of one certificate, the path is not accepted.
/// </summary>
/// <remarks>
/// Of each issuer one list counts: one that says nothing that is not understood before one that does, one that speaks of the
/// certificate before one that does not, one of the time before another, and then the newest.
/// </remarks>
/// <param name="crls">The lists, in any order, of whatever authorities.</param>
internal sealed class RevocationChecker(ImmutableArray<ParsedCrl> crls)
{
    /// <summary>Reads lists in DER. One that cannot be read is none.</summary>
    public static RevocationChecker Of(IEnumerable<ReadOnlyMemory<byte>> crls) =>
        new([.. crls.Select(der => ParsedCrl.TryParse(der, out ParsedCrl? crl) ? crl : null).OfType<ParsedCrl>()]);

    /// <summary>What is wrong with a path, from the leaf up; null where no certificate of it is revoked.</summary>
    /// <param name="path">Leaf first, the trust anchor last, of which only a root is looked for on a list, its own.</param>
    /// <param name="at">The instant of the verification.</param>
    public RevocationFault? Fault(ImmutableArray<ParsedCertificate> path, DateTimeOffset at)
    {
        for (int index = 0; index < path.Length; index++)
        {
            bool isAnchor = index == path.Length - 1;
            if ((!isAnchor || path[index].IsSelfIssued) && Fault(path[index], path[isAnchor ? index : index + 1], at) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private RevocationFault? Fault(ParsedCertificate certificate, ParsedCertificate issuer, DateTimeOffset at)
    {
        var scope = new CrlScope(certificate);
        ParsedCrl? crl = crls.Where(crl => IsNamed(crl, issuer))
            .OrderByDescending(crl => !HasUnknown(crl))
            .ThenByDescending(scope.IsWithin)
            .ThenByDescending(crl => TimeFault(crl, at) is null)
            .ThenByDescending(crl => crl.ThisUpdate)
            .FirstOrDefault();
        string? why = crl switch
        {
            null => "there is no CRL",
            _ when !MaySign(issuer) => "a CRL is there, and the keyUsage does not allow to sign one",
            _ when !scope.IsWithin(crl) => $"the CRL does not speak of {certificate.Subject}",
            _ when TimeFault(crl, at) is { } fault => fault,
            _ when !crl.IsSignedBy(issuer.SubjectPublicKeyInfo) => "the CRL is not signed by its key",
            _ when HasUnknown(crl) => $"the CRL has a critical extension that is not known, {crl.UnknownCriticalExtensions.First(oid => oid != CrlScope.Oid)}",
            _ => null,
        };
        if (why is not null)
        {
            return new RevocationFault(RejectionReason.RevocationUnknown, $"{why} ({issuer.Subject})");
        }

        return crl!.Find(certificate.SerialBytes.Span) is { } entry && entry.Reason != RevocationReason.RemoveFromCrl
            ? new RevocationFault(
                RejectionReason.Revoked,
                $"on the CRL of {issuer.Subject}{(entry.Reason is { } reason ? $" for {RevocationReasonNames.NameOf(reason)}" : "")} ({certificate.Subject})")
            : null;
    }

    /// <summary>Whether a list is, by what it says, that authority's; two of one name are told apart by their keys' identifiers.</summary>
    private static bool IsNamed(ParsedCrl crl, ParsedCertificate issuer) => crl.Issuer.Equals(issuer.Subject)
        && (crl.AuthorityKeyIdentifier is not { } wanted || issuer.SubjectKeyIdentifier is not { } own || wanted.Span.SequenceEqual(own.Span));

    /// <summary>A list without a nextUpdate does not end (and RFC 5280 wants one); at its nextUpdate itself it has ended.</summary>
    private static string? TimeFault(ParsedCrl crl, DateTimeOffset at) =>
        crl.ThisUpdate > at ? $"the CRL is not valid before {TimeText.Of(crl.ThisUpdate)}"
        : crl.NextUpdate is { } end && end <= at ? $"the CRL has expired on {TimeText.Of(end)}"
        : null;

    private static bool HasUnknown(ParsedCrl crl) => crl.UnknownCriticalExtensions.Any(oid => oid != CrlScope.Oid);

    private static bool MaySign(ParsedCertificate issuer)
    {
        try
        {
            return issuer.Find(Oids.KeyUsage) is not { } usage
                || new AsnReader(usage.Value, AsnEncodingRules.BER).ReadNamedBitListValue<KeyUsages>().HasFlag(KeyUsages.CrlSign);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
