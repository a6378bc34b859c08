using System.Collections.Immutable;
using System.Numerics;
using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>
/// Puts the words of the plan in place of what comes from chance, from the clock or from the number of a replica, wherever
/// a certificate is as planned. What does not fulfil it stays as it is, and so shows.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="planned">What was planned.</param>
internal sealed class PlanMasker(Plan plan, PlannedCertificate planned)
{
    private readonly CertificateContent? _planned = PlannedLayout.ContentOf(plan, planned);

    /// <summary>What a certificate says, in the words of the plan.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="actual">What it says as it is.</param>
    /// <param name="number">The number of the replica, or null.</param>
    public CertificateContent? Match(ParsedCertificate certificate, CertificateContent actual, int? number)
    {
        if (_planned is null || planned.Template is not { } template)
        {
            return null;
        }

        bool isSubject = NameEncoder.Encode(template.Subject, number).AsSpan().SequenceEqual(certificate.Subject.Der.Span);
        bool isValidity = IsAsPlanned(template.Validity, certificate.NotBefore, certificate.NotAfter);
        return actual with
        {
            Subject = isSubject ? _planned.Subject : actual.Subject,
            Issuer = IsFromExternal(actual) ? _planned.Issuer : actual.Issuer,
            SerialNumber = IsAsPlanned(template.Serial, certificate.SerialNumber, number)
                ? _planned.SerialNumber
                : actual.SerialNumber,
            Validity = isValidity ? _planned.Validity : actual.Validity,
            NotBefore = null,
            NotAfter = null,
            SignatureAlgorithm = _planned.SignatureAlgorithm is null ? null : actual.SignatureAlgorithm,
            Extensions = [.. Extensions(certificate, actual, number)],
        };
    }

    /// <summary>Whether the issuer is the external authority of the plan, whose name is not the plan's to say.</summary>
    private bool IsFromExternal(CertificateContent actual) =>
        planned.Issuer is { } issuer
        && plan[issuer].IsExternal
        && string.Equals(actual.IssuerStem, issuer, StringComparison.Ordinal);

    private IEnumerable<ExtensionEntry> Extensions(ParsedCertificate certificate, CertificateContent actual, int? number)
    {
        ImmutableArray<ExtensionEntry> entries = actual.Extensions;
        for (int index = 0; index < entries.Length; index++)
        {
            ParsedExtension extension = certificate.Extensions[index];
            PlannedExtension? expected = planned.Template!.Extensions.FirstOrDefault(
                candidate => ExtensionEncoder.OidOf(candidate) == extension.Oid);
            bool isNames = expected is PlannedExtension.SubjectAlternativeName
                && extension.Value.Span.SequenceEqual(ExtensionEncoder.Encode(expected, default, number));
            yield return isNames
                ? PlannedLayout.EntryOf(expected!, planned, planned) with { IsCritical = extension.IsCritical }
                : entries[index];
        }
    }

    private static bool IsAsPlanned(SerialNumber serial, BigInteger actual, int? number) =>
        PlannedSerial.Of(serial, number) is { } expected
            ? expected == actual
            : SerialNumber.IsPossible(actual);

    /// <summary>Of a validity that is relative only its length can be checked: when it was issued is nowhere written.</summary>
    public static bool IsAsPlanned(Lifetime lifetime, DateTimeOffset notBefore, DateTimeOffset notAfter) => lifetime switch
    {
        { From: TimePoint.Offset { FromNow: var from }, Until: TimePoint.Offset { FromNow: var until } } =>
            notAfter - notBefore == until - from,
        _ => (lifetime.From is not TimePoint.Instant { Time: var begin } || begin == notBefore)
            && (lifetime.Until is not TimePoint.Instant { Time: var end } || end == notAfter),
    };
}
