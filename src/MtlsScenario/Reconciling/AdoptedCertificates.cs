using System.Collections.Concurrent;
using MtlsScenario.Files;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Tells whether the certificate that was adopted still lies there, and what of it counts then. Safe for use by several threads.
/// </summary>
internal sealed class AdoptedCertificates(FolderReader reader)
{
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Whether it lies there.</summary>
    public bool IsInPlace(PlannedCertificate planned) => planned.Adopted is not null && _known.GetOrAdd(
        planned.Stem,
        _ => reader.Read(planned.Files.Certificate).Bytes is { } bytes && ParsedCertificate.TryRead(bytes, out ParsedCertificate? found) && IsAdopted(planned, found));

    /// <summary>Whether that is the certificate that was adopted.</summary>
    public static bool IsAdopted(PlannedCertificate planned, ParsedCertificate current) =>
        planned.Adopted == current.Fingerprint;

    /// <summary>
    /// Why it no longer verifies below its issuer as that will be: by the bytes of the name, and by whatever of the issuer its own
    /// authorityKeyIdentifier names (RFC 5280 section 4.2.1.1). Whether the issuer's key has signed it is for others to ask.
    /// </summary>
    public static IEnumerable<Reason> Differences(ParsedCertificate current, ExpectedIssuer issuer)
    {
        if (AuthorityKeyIdentifier.Of(current) is not { } named)
        {
            yield break;
        }

        // What follows from a key that is yet to come is no difference of its own.
        if (named.KeyIdentifier is { } key && issuer is { SubjectPublicKeyInfo: not null, SubjectKeyIdentifier: var identifier }
            && identifier is { } other && !key.Span.SequenceEqual(other.Span))
        {
            yield return Reason.Of("authorityKeyIdentifier", $"{Hex(key)}, and the subjectKeyIdentifier of {issuer.Stem} is {Hex(other)}");
        }

        if (named.Serial is { } serial && !(issuer.Serial is { } its && serial.Span.SequenceEqual(its.Span)))
        {
            yield return Reason.Of("authorityKeyIdentifier", issuer.Serial is null
                ? $"it names the serial of a certificate of {issuer.Stem} that is replaced"
                : $"it names another serial than that of {issuer.Stem}");
        }
        else if (named.Issuer is { } name && issuer.Issuer is { } above && !name.Span.SequenceEqual(above.Span))
        {
            yield return Reason.Of("authorityKeyIdentifier", $"it names another issuer than that of {issuer.Stem}");
        }
    }

    private static string Hex(ReadOnlyMemory<byte> identifier) =>
        identifier.Length > 8 ? Convert.ToHexString(identifier.Span[..8]) + "…" : Convert.ToHexString(identifier.Span);
}
