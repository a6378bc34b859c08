using System.Collections.Immutable;
using MtlsScenario.Layouts;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;

namespace MtlsScenario.Tool.Reports;

/// <summary>A certificate on the time line.</summary>
/// <param name="Index">Its place in the layout.</param>
/// <param name="Certificate">The certificate.</param>
/// <param name="Dates">When it is valid; null where it is not there to say.</param>
/// <param name="DueFrom">From when it is due for renewal; null for never.</param>
internal sealed record TimelineEntry(
    int Index, CertificateEntry Certificate, (DateTimeOffset NotBefore, DateTimeOffset NotAfter)? Dates, DateTimeOffset? DueFrom)
{
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
        .. content.Layout.Certificates.Select((entry, index) => Of(content, entry, index))
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
        return new TimelineEntry(index, entry, dates, due)
        {
            IsExternal = planned.IsExternal,
            IsMeant = IsMeantToBe(content, planned, dates),
            IsExpected = !planned.IsExternal || content.Folder is not null,
        };
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
