using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Stores;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Trials;

/// <summary>Tries all connections of a scenario, with the files of a folder or with certificates issued in memory.</summary>
/// <param name="context">What is around the command.</param>
/// <param name="file">The scenario's file as the user named it, for hints; null for none.</param>
/// <param name="passwords">What may open the stores of who has nothing else; null where nobody looks for any.</param>
internal sealed class ScenarioTrials(ToolContext context, string? file = null, IEnumerable<Password>? passwords = null)
{
    /// <summary>The seed and the moment of what is issued; null for now, with what is drawn.</summary>
    public PlannedScenario? Planned { get; init; }

    /// <summary>Tries everything, several at once.</summary>
    /// <param name="trials">What is tried.</param>
    /// <param name="folder">The folder of the certificates as the user named it; null to issue them in memory.</param>
    /// <param name="selection">What plays.</param>
    /// <param name="done">Called, from any thread, whenever a trial has ended.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="EnvironmentException">The folder is not there.</exception>
    /// <exception cref="FolderException">A file of an external authority is missing or cannot be used.</exception>
    public async Task<TrialReport> RunAsync(
        TrialSet trials, string? folder, StackSelection selection, Action done, CancellationToken cancellationToken)
    {
        Scenario scenario = trials.Scenario;
        if (folder is null)
        {
            var provided = new FolderReader(context.Resolve(CertificateFolder.Named(null, scenario)));
            using var issued = IssuedArtifacts.Issue(scenario, provided, Planned?.Now ?? context.Time.GetUtcNow(), Planned?.Seed, cancellationToken);
            return new TrialReport(trials, null, selection, await RunAsync(issued).ConfigureAwait(false));
        }

        var reader = new FolderReader(context.Resolve(folder));
        return reader.Exists
            ? new TrialReport(trials, folder, selection, await RunAsync(new FolderArtifacts(scenario, Planned?.Plan ?? Planner.For(scenario), reader, passwords)).ConfigureAwait(false))
            : throw new EnvironmentException($"there is no folder {VisibleText.Of(folder)}", file is null ? null : $"make it: {new ScenarioPlace(file, folder).Command("apply")}");

        Task<ImmutableArray<TrialResult>> RunAsync(IEndArtifactsSource source) =>
            new TrialRunner(source, selection.Choices).RunAsync(trials, done, cancellationToken);
    }
}
