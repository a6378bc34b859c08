using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Importing;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Trials;

/// <summary>
/// Completes an imported scenario by what it leads to: what plan would make anew is adopted, and connections stand in it that work.
/// </summary>
internal sealed class ImportedScenario(ToolContext context, string root, ImportedText writer, ImportedConnections connections)
{
    private const int MostTried = 50;
    private const int MostNamed = 5_000;

    private readonly HashSet<string> _adopted = new(StringComparer.Ordinal);

    /// <summary>The scenario, and what there is to do by it.</summary>
    public async Task<ImportResult> CompleteAsync(ConnectionChoice choice, CancellationToken cancellationToken)
    {
        (ImmutableArray<ImportedConnection> meant, long count) = await Computation.BesideAsync(() => connections.Of(choice, MostNamed), cancellationToken).ConfigureAwait(false);
        ImmutableArray<ImportedConnection> tried = meant[..Math.Min(meant.Length, MostTried)];
        bool isNew = true;
        while (isNew)
        {
            ScenarioReadResult read = await ReadAsync(writer.Write(_adopted, tried.Select(one => one.ToString())), cancellationToken).ConfigureAwait(false);
            if (read.Scenario is null)
            {
                return new ImportResult(writer.Write(_adopted, []), [], null, read.Diagnostics);
            }

            // What an authority signed whose key is elsewhere is not made anew, and would be called different from then on.
            Plan plan = Planner.For(read.Scenario);
            Dictionary<string, string?> anew = Reconcile(read.Scenario, cancellationToken).Changes
                .Where(change => change.Issues || (change.Certificate is { IsExternal: false, Issuer: { } issuer } && plan[issuer].IsExternal))
                .ToDictionary(change => change.Stem, change => change.Certificate.Issuer, StringComparer.Ordinal);

            // To adopt an authority keeps what it signed, so a second look finds less.
            string[] first = [.. anew.Where(one => one.Value is null || !anew.ContainsKey(one.Value)).Select(one => one.Key).Except(_adopted)];
            _adopted.UnionWith(first);
            isNew = first.Length > 0;
        }

        Scenario scenario = (await ReadAsync(writer.Write(_adopted, tried.Select(one => one.ToString())), cancellationToken).ConfigureAwait(false)).Scenario!;
        (string[] working, string[] comments) = await TryAsync(scenario, tried, cancellationToken).ConfigureAwait(false);
        string text = writer.Write(_adopted, [.. working, .. comments, .. meant.Skip(MostTried).Select(one => $"# {one}: not tried"), .. More(count - meant.Length)]);
        ScenarioReadResult last = await ReadAsync(text, cancellationToken).ConfigureAwait(false);
        return new ImportResult(text, working, last.Scenario is { } valid ? Reconcile(valid, cancellationToken) : null, last.Diagnostics);
    }

    private static IEnumerable<string> More(long count) =>
        count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"# and {count:N0} more that may be meant")];

    private Task<ScenarioReadResult> ReadAsync(string text, CancellationToken cancellationToken) => Computation.BesideAsync(
        () => ScenarioReader.Read("imported.yaml", Encoding.UTF8.GetBytes(text), context.Time), cancellationToken);

    private Reconciliation Reconcile(Scenario scenario, CancellationToken cancellationToken) => Reconciler.Run(
        Planner.For(scenario), new FolderReader(root), new ReconciliationOptions(), context.Time.GetUtcNow(), cancellationToken);

    private async Task<(string[] Working, string[] Comments)> TryAsync(Scenario scenario, ImmutableArray<ImportedConnection> tried, CancellationToken cancellationToken)
    {
        if (tried.Length == 0)
        {
            return ([], []);
        }

        var finder = new StackSelector(context);
        await using ConfiguredAsyncDisposable ended = finder.ConfigureAwait(false);
        StackSelection selection = await finder.FindAsync(StackRequest.Default, cancellationToken).ConfigureAwait(false);
        TrialReport report = await new ScenarioTrials(context).RunAsync(TrialSet.Of(scenario), root, selection, () => { }, cancellationToken).ConfigureAwait(false);
        var working = new List<string>();
        var comments = new List<string>();
        foreach ((ImmutableArray<TrialResult> results, ImportedConnection connection) in report.ByConnection.Zip(tried))
        {
            if (results.All(result => result.Status == TrialStatus.Passed))
            {
                working.Add(connection.ToString());
                continue;
            }

            Verdict verdict = results.First(result => result.Status != TrialStatus.Passed).Verdict;
            string why = verdict switch
            {
                Verdict.Rejected rejected => rejected.StackMessage,
                Verdict.NotTried notTried => notTried.Why,
                Verdict.Inconclusive inconclusive => inconclusive.Why,
                _ => "it did not work",
            };
            comments.Add($"# {connection}: {VisibleText.Of(why.ReplaceLineEndings(" "))}");
        }

        return ([.. working], [.. comments]);
    }
}

/// <summary>What came of an import.</summary>
/// <param name="Text">The scenario.</param>
/// <param name="Connections">The connections that worked.</param>
/// <param name="Reconciliation">What there is to do by it; null where the scenario is not valid.</param>
/// <param name="Diagnostics">What is wrong with it.</param>
internal sealed record ImportResult(string Text, IReadOnlyList<string> Connections, Reconciliation? Reconciliation, ImmutableArray<Diagnostic> Diagnostics);
