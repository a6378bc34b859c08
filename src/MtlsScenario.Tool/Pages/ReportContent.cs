using MtlsScenario.Layouts;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Tool.Pages;

/// <summary>All that a page is made from. There is no key in it.</summary>
internal sealed record ReportContent
{
    /// <summary>The scenario.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Its plan.</summary>
    public required Plan Plan { get; init; }

    /// <summary>What the certificates say.</summary>
    public required Layout Layout { get; init; }

    /// <summary>How the handshakes ended; null where they were not to be tried.</summary>
    public required TrialReport? Trials { get; init; }

    /// <summary>The scenario's file, as a user would name it on a command line.</summary>
    public required string File { get; init; }

    /// <summary>The folder whose certificates these are; null where they are those that would be issued.</summary>
    public required string? Folder { get; init; }

    /// <summary>The moment from which dates are looked at, UTC.</summary>
    public required DateTimeOffset Now { get; init; }
}
