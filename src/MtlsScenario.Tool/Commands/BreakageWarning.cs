using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Reconciling;
using MtlsScenario.Rollouts;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Reporting;

namespace MtlsScenario.Tool.Commands;

/// <summary>Says when a change would break connections that work, while only one of their ends has what is new.</summary>
/// <param name="context">What is around the command.</param>
/// <param name="planned">The scenario.</param>
/// <param name="place">Where it and its folder are.</param>
internal sealed class BreakageWarning(ToolContext context, PlannedScenario planned, ScenarioPlace place)
{
    /// <summary>Of more connections nothing is tried: who applies is not to wait.</summary>
    private const int MostConnections = 50;

    /// <summary>Looks at what is in the folder, before anything is written there.</summary>
    /// <param name="reconciliation">What is to be done.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="hint">What says more.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>What says it; nothing where there is nothing to say.</returns>
    public async Task<Action> FindAsync(Reconciliation reconciliation, ReconciliationOptions options, string hint, CancellationToken cancellationToken)
    {
        if (!reconciliation.ChangesAcceptance || !reconciliation.Obstacles.IsEmpty || planned.Scenario.Connections.IsEmpty)
        {
            return () => { };
        }

        if (planned.Scenario.Connections.Length > MostConnections)
        {
            return () => context.Report.Note(string.Create(
                CultureInfo.InvariantCulture, $"whether connections break while only a part has what is new is not tried for more than {MostConnections}; {hint}"));
        }

        try
        {
            using LayoutState old = LayoutState.Deployed(planned.Scenario, context.Resolve(CertificateFolder.Named(place.Folder, planned.Scenario)));
            using LayoutState made = old.Then(planned.Scenario, null, options with { Passwords = null }, planned.Now, cancellationToken);
            BreakingChanges found = await BreakingChanges.FindAsync(old, made, cancellationToken).ConfigureAwait(false);
            return () => Tell(found, hint);
        }
        catch (FolderException)
        {
            // What is in the way of that is in the way of all, and told of elsewhere.
            return () => { };
        }
    }

    private void Tell(BreakingChanges found, string hint)
    {
        if (found.Mixes is [var first, ..])
        {
            string more = found.Mixes.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"; of {found.Mixes.Length} connections that work this is so");
            context.Report.Warning(
                VisibleText.Of($"with {RolloutReport.MixOf(first)}, {first.Result.Trial.Name} is {RolloutReport.Ending(first.Result)}{more}"), hint);
        }

        if (!found.Renamed.IsEmpty)
        {
            context.Report.Warning($"the certificate of {VisibleText.Of(string.Join(", ", found.Renamed))} loses a name: whoever still goes by that breaks", hint);
        }
    }
}
