using System.Collections.Immutable;
using MtlsScenario.Layouts;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;

namespace MtlsScenario.Tool.Pages;

/// <summary>A certificate or a CRL on the time line.</summary>
/// <param name="Index">Its place in the layout: first the certificates, then the CRLs of the plan.</param>
/// <param name="Stem">Its stem; of a CRL its file.</param>
/// <param name="Part">What it is.</param>
/// <param name="Dates">When it is valid; null where it is not there to say.</param>
/// <param name="DueFrom">From when it is due for renewal; null for never.</param>
internal sealed record TimelineEntry(
    int Index, string Stem, string Part, (DateTimeOffset NotBefore, DateTimeOffset NotAfter)? Dates, DateTimeOffset? DueFrom)
{
    /// <summary>Whether it is for others to send.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Whether it is a CRL.</summary>
    public bool IsCrl { get; init; }

    /// <summary>Whether it is a CRL that lasts as long as its authority.</summary>
    public bool LastsWithAuthority { get; init; }

    /// <summary>That it is revoked, or null.</summary>
    public string? Revoked { get; init; }

    /// <summary>Whether others make it.</summary>
    public bool IsExternal { get; init; }

    /// <summary>Whether it is to be there: of what would be issued, one that others make need not be.</summary>
    public bool IsExpected { get; init; } = true;

    /// <summary>Whether the scenario means it to be out of date: by an offset from now, or because somebody must reject it for that.</summary>
    public bool IsMeant { get; init; }

    /// <summary>All of a layout: what is missing, then what expires first, then what others provide.</summary>
    /// <param name="content">The layout, of which dates that are only planned count from now.</param>
    public static ImmutableArray<TimelineEntry> Of(ReportContent content) =>
    [
        .. content.Layout.Certificates.Select((entry, index) => Of(content, entry, index)).Concat(Crls(content))
            .OrderBy(entry => entry.Dates?.NotAfter ?? (entry.IsExpected ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue)),
    ];

    private static TimelineEntry Of(ReportContent content, CertificateEntry entry, int index)
    {
        PlannedCertificate planned = content.Plan[entry.Stem];
        (DateTimeOffset NotBefore, DateTimeOffset NotAfter)? dates = entry.Content switch
        {
            { NotBefore: { } notBefore, NotAfter: { } notAfter } => (notBefore, notAfter),
            { } when content.Folder is null && planned.Template is { Validity: var validity } =>
                (At(validity.From, content.Now), At(validity.Until, content.Now)),
            _ => null,
        };
        DateTimeOffset? due = dates is var (_, end) && planned is { Template.Validity: var expected, IsExternal: false }
            ? RenewalPolicy.DueFrom(expected, planned.RenewBefore, end)
            : null;
        return new TimelineEntry(index, entry.Stem, entry.Part, dates, due)
        {
            Revoked = entry.Revoked,
            IsExternal = planned.IsExternal,
            IsAwaited = entry.IsAwaited,
            IsMeant = IsMeantToBe(content, planned, dates),
            IsExpected = !planned.IsExternal || content.Folder is not null,
        };
    }

    private static IEnumerable<TimelineEntry> Crls(ReportContent content)
    {
        int index = content.Layout.Certificates.Length;
        foreach (SignCrl step in content.Plan.CrlSteps.Select(final => final.Step).OfType<SignCrl>())
        {
            PlannedCertificate issuer = content.Plan[step.Issuer.Name];
            Lifetime? validity = step.Template.Validity ?? issuer.Template?.Validity;
            CrlDescription? found = content.Layout.Crls.FirstOrDefault(crl => crl.Files.Contains(step.CrlFile));
            (DateTimeOffset From, DateTimeOffset Until)? dates = found is not null ? (found.ThisUpdate, found.NextUpdate ?? DateTimeOffset.MaxValue)
                : content.Folder is null && validity is not null ? (step.Template.Validity is null ? content.Now : At(validity.From, content.Now), At(validity.Until, content.Now))
                : null;
            yield return new TimelineEntry(
                index++,
                step.CrlFile,
                $"CRL of {issuer.Stem}",
                dates,
                dates is var (_, end) && step.Template.Validity is { } written ? RenewalPolicy.DueFrom(written, step.Template.RenewBefore, end) : null)
            {
                IsCrl = true,
                LastsWithAuthority = step.Template.Validity is null,
                IsExternal = issuer.IsExternal,
                IsExpected = !issuer.IsExternal || content.Folder is not null,
                IsMeant = step.Template.Validity is { Until: TimePoint.Offset { FromNow.Ticks: <= 0 } } or { From: TimePoint.Offset { FromNow.Ticks: > 0 } }
                    || content.Scenario.Connections.Any(connection => connection.Because == RejectionReason.RevocationUnknown),
            };
        }
    }

    private static bool IsMeantToBe(
        ReportContent content, PlannedCertificate planned, (DateTimeOffset NotBefore, DateTimeOffset NotAfter)? dates)
    {
        bool isExpired = dates?.NotAfter < content.Now;
        if (!isExpired && !(dates?.NotBefore > content.Now))
        {
            return false;
        }

        RejectionReason reason = isExpired ? RejectionReason.Expired : RejectionReason.NotYetValid;
        return (planned.Template?.Validity) switch
        {
            { Until: TimePoint.Offset { FromNow.Ticks: <= 0 } } when isExpired => true,
            { From: TimePoint.Offset { FromNow.Ticks: > 0 } } when !isExpired => true,
            _ => content.Scenario.Connections.Any(connection =>
                connection.Because == reason && connection.At is null
                && ((connection.By != Side.Client && connection.From.Party == planned.Holder.Name)
                    || (connection.By != Side.Server && connection.To.Party == planned.Holder.Name))),
        };
    }

    private static DateTimeOffset At(TimePoint point, DateTimeOffset now) => point switch
    {
        TimePoint.Instant { Time: var time } => time,
        TimePoint.Offset { FromNow: var offset } => now + offset,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
