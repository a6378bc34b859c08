using System.Collections.Immutable;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Reporting;

/// <summary>How one trial ended, as JSON.</summary>
internal sealed record TrialJson
{
    /// <summary>The caller: <c>amy</c>, <c>till[3]</c>.</summary>
    public required string From { get; init; }

    /// <summary>The called.</summary>
    public required string To { get; init; }

    /// <summary>The name by which the client calls.</summary>
    public required string Host { get; init; }

    /// <summary>The version that the client offers, <c>1.3</c>.</summary>
    public required string Tls { get; init; }

    /// <summary>The instant at which it takes place; null for now.</summary>
    public string? At { get; init; }

    /// <summary>Whether the client presents a certificate.</summary>
    public required bool PresentsCertificate { get; init; }

    /// <summary>What played: <c>dotnet</c>, <c>curl+nginx</c>.</summary>
    public required string Stack { get; init; }

    /// <summary>The stack in whose place that played; null for none.</summary>
    public string? InPlaceOf { get; init; }

    /// <summary><c>passed</c>, <c>failed</c> or <c>notTried</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What the scenario expects.</summary>
    public required OutcomeJson Expected { get; init; }

    /// <summary>How it ended; null where it was not tried.</summary>
    public OutcomeJson? Actual { get; init; }

    /// <summary>What the stack itself said, or why nothing is known; null for nothing.</summary>
    public string? Said { get; init; }

    /// <summary>Where stacks are known to differ on its certificates.</summary>
    public required ImmutableArray<string> Differences { get; init; }

    /// <summary>The form of a result.</summary>
    public static TrialJson Of(TrialResult result) => new()
    {
        From = result.Trial.Client.ToString(),
        To = result.Trial.Server.ToString(),
        Host = result.Trial.Connection.Host,
        Tls = TrialText.Of(result.Trial.Offered),
        At = result.Trial.Connection.At is { } at ? TimeText.Of(at) : null,
        PresentsCertificate = !result.Trial.Connection.PresentsNothing,
        Stack = result.Stack,
        InPlaceOf = result.Substitution?.Stack,
        Status = result.Status == TrialStatus.NotTried ? "notTried" : TrialText.Of(result.Status),
        Expected = OutcomeJson.Of(result.Trial.Connection),
        Actual = OutcomeJson.Of(result.Verdict),
        Said = TrialText.Said(result.Verdict) is { Length: > 0 } said ? said : null,
        Differences = result.Differences,
    };
}
