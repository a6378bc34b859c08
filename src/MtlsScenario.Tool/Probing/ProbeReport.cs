using System.Collections.Immutable;
using MtlsScenario.Faults;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Probing;

/// <summary>What came of a probe.</summary>
/// <param name="Title">What was probed, for people.</param>
/// <param name="Versions">How the good certificate fared.</param>
/// <param name="Results">What came of each fault, in the order in which they were tried.</param>
internal sealed record ProbeReport(string Title, ImmutableArray<ProbedVersion> Versions, ImmutableArray<ProbeResult> Results)
{
    /// <summary>The results, worst first.</summary>
    public IEnumerable<ProbeResult> WorstFirst => Results.OrderBy(result => result.Verdict).ThenBy(result => result.Grade);

    /// <summary>How many came to that.</summary>
    public int Count(ProbeVerdict verdict) => Results.Count(result => result.Verdict == verdict);

    /// <summary>What was let in that should not have been.</summary>
    /// <param name="isStrict">Whether matters of policy count.</param>
    public IEnumerable<ProbeResult> Findings(bool isStrict) => WorstFirst.Where(result =>
        result.Verdict == ProbeVerdict.LetIn && (result.Grade == FaultGrade.A || (isStrict && result.Grade == FaultGrade.B)));

    /// <summary>What to exit with where a server was probed: of what must be refused all is to be known.</summary>
    public ExitCode ExitOfServer(bool isStrict) => Findings(isStrict).Any() ? ExitCode.CheckFailed
        : IsGoodLetIn && !Results.Any(result => result.Grade == FaultGrade.A && result.Verdict is ProbeVerdict.Undecided or ProbeVerdict.NotTried) ? ExitCode.Success
        : ExitCode.Environment;

    /// <summary>What to exit with where a client was probed: it is its own affair where it calls, but it is to take the good certificate.</summary>
    public ExitCode ExitOfClient(bool isStrict) => Findings(isStrict).Any() ? ExitCode.CheckFailed
        : Versions.Any(version => version.IsGood) ? ExitCode.Success
        : ExitCode.Environment;

    /// <summary>Whether the good certificate was let in on each version that the server speaks, and it speaks one.</summary>
    private bool IsGoodLetIn => Versions.Any(version => version.IsGood) && Versions.All(version => version.IsGood || !version.IsSpoken);
}

/// <summary>A version of TLS, and how the good certificate fared on it.</summary>
/// <param name="Version">The version.</param>
/// <param name="Baseline">What the others are held against; null where the good certificate was not let in.</param>
/// <param name="Said">What the good certificate was answered.</param>
internal sealed record ProbedVersion(TlsVersion Version, Baseline? Baseline, string Said)
{
    /// <summary>Whether the good certificate was taken.</summary>
    public bool IsGood { get; init; } = Baseline is not null;

    /// <summary>Whether the server speaks it.</summary>
    public bool IsSpoken { get; init; } = true;

    /// <summary>Whether the server asked for a certificate in the handshake.</summary>
    public bool IsAsked { get; init; } = true;

    /// <summary>Such as <c>1.3</c>.</summary>
    public string Name => Version == TlsVersion.Tls12 ? "1.2" : "1.3";
}

/// <summary>What is tried, and how.</summary>
internal sealed record ProbeOptions
{
    /// <summary>What is probed, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The faults.</summary>
    public required ImmutableArray<Fault> Faults { get; init; }

    /// <summary>The versions of TLS.</summary>
    public required ImmutableArray<TlsVersion> Versions { get; init; }

    /// <summary>The pause before each connection.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>By what the user says that a client was let in.</summary>
    public AcceptedWhen? AcceptedWhen { get; init; }

    /// <summary>Sees whether the server fetches what a certificate names; null where it would not be seen.</summary>
    public FetchListener? Fetches { get; init; }

    /// <summary>By which the server learns during the probe who is revoked; null where it is not to.</summary>
    public Func<CancellationToken, Task>? Revoke { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
