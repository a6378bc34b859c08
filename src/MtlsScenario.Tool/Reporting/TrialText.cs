using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Reporting;

/// <summary>How trials and their ends are said, for people and for programs.</summary>
internal static class TrialText
{
    /// <summary><c>1.2</c>, <c>1.3</c>.</summary>
    public static string Of(TlsVersion version) => version == TlsVersion.Tls12 ? "1.2" : "1.3";

    /// <summary><c>passed</c>, <c>failed</c>, <c>not tried</c>.</summary>
    public static string Of(TrialStatus status) => status switch
    {
        TrialStatus.Passed => "passed",
        TrialStatus.Failed => "failed",
        _ => "not tried",
    };

    /// <summary><c>5 passed, 0 failed</c>, and how many were not tried, if any.</summary>
    public static string Sum(ImmutableArray<TrialResult> results)
    {
        int Count(TrialStatus status) => results.Count(result => result.Status == status);
        string sum = string.Create(CultureInfo.InvariantCulture, $"{Count(TrialStatus.Passed)} passed, {Count(TrialStatus.Failed)} failed");
        int notTried = Count(TrialStatus.NotTried);
        return notTried == 0 ? sum : string.Create(CultureInfo.InvariantCulture, $"{sum}, {notTried} not tried");
    }

    /// <summary>That some replicas stood for all, and how many of how many.</summary>
    public static string Sample(TrialSet trials) => string.Create(
        CultureInfo.InvariantCulture,
        $"the first, the middle and the last stand for [*], {trials.Count:N0} of {trials.Whole:N0} handshakes on each stack");

    /// <summary>What the stack itself said, or why nothing is known; where it was accepted by which key exchange, if that is told.</summary>
    public static string Said(Verdict verdict) => verdict switch
    {
        Verdict.Accepted { Group: { Length: > 0 } group } => $"key exchange {group}",
        Verdict.Rejected rejected => rejected.StackMessage,
        Verdict.Inconclusive inconclusive => inconclusive.Why,
        Verdict.NotTried notTried => notTried.Why,
        _ => "",
    };

    /// <summary>A connection as a scenario has it: <c>amy -> bob, as bob.example, at 2040-01-01T00:00:00Z, without a certificate</c>.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="server">The server's certificate, whose listening host needs no saying.</param>
    public static string Of(Connection connection, PartyCertificate server)
    {
        var text = new StringBuilder($"{connection.From} -> {connection.To}");
        if (!string.Equals(connection.Host, server.Listen.Host, StringComparison.Ordinal))
        {
            text.Append(", as ").Append(connection.Host);
        }

        if (connection.At is { } at)
        {
            text.Append(", at ").Append(TimeText.Of(at));
        }

        return text.Append(connection.PresentsNothing ? ", without a certificate" : "").ToString();
    }
}
