using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Tells whether the certificate that is there is the one that is planned. Safe for use by several threads.</summary>
/// <param name="reader">What there is.</param>
/// <param name="revokedBy">Tells whether an authority has a serial number on its CRL.</param>
/// <param name="now">The moment to which relative dates refer, UTC.</param>
/// <param name="renew">Whether to issue what is as planned, too.</param>
internal sealed class CertificateExaminer(
    FolderReader reader, Func<ExpectedIssuer, ReadOnlyMemory<byte>, bool> revokedBy, DateTimeOffset now, bool renew) : IDisposable
{
    private readonly IssuerKeys _issuerKeys = new();

    /// <summary>Examines a certificate.</summary>
    /// <param name="planned">What it should be.</param>
    /// <param name="number">Which replica, or null.</param>
    /// <param name="key">What becomes of its key.</param>
    /// <param name="issuer">What it will find above it; null where it is self-signed.</param>
    public ExaminedCertificate Examine(PlannedCertificate planned, int? number, KeyDecision key, ExpectedIssuer? issuer)
    {
        FileContent content = reader.Read(planned.Member(number).CertificateFile);
        if (content.IsMissing)
        {
            return new ExaminedCertificate(false, null, key.Action == KeyAction.Keep ? Missing : Unmade);
        }

        if (content.Bytes is null || !ParsedCertificate.TryRead(content.Bytes, out ParsedCertificate? current))
        {
            return new ExaminedCertificate(true, null, [Reason.Of("unreadable", content.Fault ?? CertificateFault.Of(content.Bytes))]);
        }

        return new ExaminedCertificate(true, current, Reasons(planned, number, current, key.PublicKey, issuer));
    }

    /// <inheritdoc/>
    public void Dispose() => _issuerKeys.Dispose();

    private static ImmutableArray<Reason> Unmade { get; } = [Reason.New];

    private static ImmutableArray<Reason> Missing { get; } = [Reason.Missing];

    private ImmutableArray<Reason> Reasons(
        PlannedCertificate planned,
        int? number,
        ParsedCertificate current,
        ReadOnlyMemory<byte>? subjectPublicKeyInfo,
        ExpectedIssuer? issuer)
    {
        ImmutableArray<Reason>.Builder? reasons = null;
        void Add(Reason reason) => (reasons ??= ImmutableArray.CreateBuilder<Reason>()).Add(reason);

        if (subjectPublicKeyInfo is not { } own)
        {
            Add(Reason.Of("key", "a new one"));
        }
        else if (!own.Span.SequenceEqual(current.SubjectPublicKeyInfo.Span))
        {
            Add(Reason.Of("key", "the certificate is for another key"));

            // That the key identifier differs too goes without saying.
            subjectPublicKeyInfo = null;
        }

        if (IssuerDifference(current, subjectPublicKeyInfo, issuer) is { } other)
        {
            Add(other);
            issuer = issuer is null ? null : issuer with { SubjectPublicKeyInfo = null };
        }

        foreach (Reason difference in AdoptedCertificates.IsAdopted(planned, current)
            ? issuer is null ? [] : AdoptedCertificates.Differences(current, issuer)
            : TemplateComparer.Differences(planned, number, current, subjectPublicKeyInfo, issuer, now))
        {
            Add(difference);
        }

        // A revoked one is never renewed; one that is revoked no longer is another one.
        bool isRevoked = planned.Revoked?.Covers(number) == true;
        if (!isRevoked && issuer is { SubjectPublicKeyInfo: not null } && revokedBy(issuer, current.SerialBytes))
        {
            Add(Reason.Of("revoked", $"it is on the CRL of {issuer.Stem}, and the scenario does not say so"));
        }

        if (!isRevoked && RenewalPolicy.Examine(planned, current.NotAfter, now) is { } age)
        {
            Add(age);
        }

        if (reasons is null && renew && !isRevoked)
        {
            Add(new Reason("renewed", "renewed as asked"));
        }

        return reasons?.ToImmutable() ?? [];
    }

    private Reason? IssuerDifference(
        ParsedCertificate current, ReadOnlyMemory<byte>? subjectPublicKeyInfo, ExpectedIssuer? issuer)
    {
        if (issuer is null)
        {
            return subjectPublicKeyInfo is { } own && !current.IsSignedBy(own)
                ? Reason.OfIdentity("issuer", "it is not signed by its own key")
                : null;
        }

        if (!issuer.Subject.Span.SequenceEqual(current.Issuer.Der.Span))
        {
            return Reason.OfIdentity("issuer", NameDifference.Of(current.Issuer, ParsedName.Read(issuer.Subject)));
        }

        return issuer.SubjectPublicKeyInfo switch
        {
            null => Reason.OfIdentity("issuer", $"{issuer.Stem} gets a new key"),
            { } key when !_issuerKeys.HaveSigned(current, issuer.Stem, key) =>
                Reason.OfIdentity("issuer", $"not signed by the key of {issuer.Stem}"),
            _ => null,
        };
    }
}
