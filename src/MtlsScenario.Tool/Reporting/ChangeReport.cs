using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Reporting;

/// <summary>Says what a reconciliation came to, of <c>plan</c> and of <c>apply</c>.</summary>
/// <param name="context">Where messages go.</param>
/// <param name="reconciliation">What was found.</param>
/// <param name="folder">The folder of the certificates, as the user called it.</param>
internal sealed class ChangeReport(ToolContext context, Reconciliation reconciliation, string folder)
{
    /// <summary>More strangers than anybody reads are counted.</summary>
    private const int MostStrangers = 10;

    /// <summary>More files than that are counted.</summary>
    private const int MostNamed = 3;

    /// <summary>Of a fleet there may be as many as it has replicas.</summary>
    private const int MostMessages = 20;

    /// <summary>Where the scenario and the folder are, for hints.</summary>
    public required ScenarioPlace Place { get; init; }

    /// <summary>What ends soon, soonest first; null where that was not asked.</summary>
    public IReadOnlyList<Ending>? Endings { get; init; }

    /// <summary>What was done; null where nothing was.</summary>
    public UpdateReport? Done { get; set; }

    /// <summary>Certificate by certificate, and a sum in the last line.</summary>
    /// <param name="isDone">Whether it was done, or is only said.</param>
    /// <param name="columns">How many columns a line may have.</param>
    public string Text(bool isDone, int columns)
    {
        string place = VisibleText.Of(folder);
        if (!reconciliation.HasWork && reconciliation.Obstacles.IsEmpty && !reconciliation.Awaited.IsEmpty)
        {
            return $"Nothing to do in {place} until others have sent what is awaited.\n{AwaitedLines()}{EndingLines()}";
        }

        if (!reconciliation.HasWork && reconciliation.Obstacles.IsEmpty)
        {
            return $"Nothing to do: {place} is in step with {reconciliation.Plan.Name}.\n{EndingLines()}";
        }

        var text = new StringBuilder();
        foreach (string line in ChangeLines.Of(ChangeEntries.Of(reconciliation), columns))
        {
            text.Append(line).Append('\n');
        }

        int issued = reconciliation.Changes.Count(change => change.Issues);
        string count = issued == 1 ? "1 certificate" : string.Create(CultureInfo.InvariantCulture, $"{issued} certificates");
        text.Append((issued, isDone) switch
        {
            _ when !reconciliation.Obstacles.IsEmpty => $"Nothing is written in {place} while something is in the way.\n",
            (0, true) => $"Brought {place} in step; no certificate was issued.\n",
            (0, false) => $"To be brought in step: {place}; no certificate is issued.\n",
            (_, true) => $"Issued {count} in {place}.\n",
            (_, false) => $"To be issued: {count} in {place}.\n",
        });
        foreach ((string key, string kept) in Done?.PutAside ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"The old {key} is kept as {kept}.\n");
        }

        if (WellKnown() is { } stores)
        {
            text.Append(CultureInfo.InvariantCulture, $"The password of {stores} is {PasswordRules.WellKnown}, which everybody knows.\n");
        }

        return text.Append(AwaitedLines()).Append(EndingLines()).ToString();
    }

    /// <summary>What goes to whom, and what comes back.</summary>
    private string AwaitedLines()
    {
        if (reconciliation.Awaited.IsEmpty || !reconciliation.Obstacles.IsEmpty)
        {
            return "";
        }

        string rest = reconciliation.Awaited.Length > MostMessages
            ? string.Create(CultureInfo.InvariantCulture, $"  and {reconciliation.Awaited.Length - MostMessages} more\n")
            : "";
        return $"Awaited:\n{string.Concat(reconciliation.Awaited.Take(MostMessages).Select(file => $"  {VisibleText.Of(file.Text)}\n"))}{rest}";
    }

    /// <summary>The files with a key in them that are written with the password that everybody knows; null for none.</summary>
    private string? WellKnown()
    {
        var outputs = new HashSet<string>(StringComparer.Ordinal);
        foreach (FinalChange final in reconciliation.FinalChanges)
        {
            if (final.Step.Step is WriteFormat { HasPassword: true, HoldsKey: true, Password: null })
            {
                outputs.Add(final.Step.Step.Output);
            }
        }

        string[] files = [.. outputs];
        return files switch
        {
            [] => null,
            [var only] => only,
            { Length: <= MostNamed } => $"{string.Join(", ", files.SkipLast(1))} and {files[^1]}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{files[0]} and {files.Length - 1} more"),
        };
    }

    private string EndingLines() => string.Concat((Endings ?? []).Select(ending =>
        $"{VisibleText.Of(ending.File)} {(ending.Ends <= reconciliation.Now ? "ended" : "ends")} {TimeText.Of(ending.Ends)}\n"));

    /// <summary>The same for programs.</summary>
    public string Json() => JsonText.Of(ChangeJson.Of(reconciliation, folder, Done, HintOf) with { Ending = EndingsJson() }, ChangeJsonContext.Default.ChangeJson);

    /// <summary>What the user should know besides: warnings, strangers, and what is in the way.</summary>
    public void Remarks()
    {
        foreach (string warning in reconciliation.Warnings.Take(MostMessages))
        {
            context.Report.Warning(VisibleText.Of(warning));
        }

        if (reconciliation.Warnings.Length > MostMessages)
        {
            context.Report.Warning($"and {reconciliation.Warnings.Length - MostMessages} more of the kind");
        }

        foreach (string note in reconciliation.Notes.Take(MostMessages))
        {
            context.Report.Note(VisibleText.Of(note));
        }

        ImmutableArray<string> strangers = reconciliation.Strangers;
        if (!strangers.IsEmpty)
        {
            string rest = strangers.Length > MostStrangers
                ? string.Create(CultureInfo.InvariantCulture, $" and {strangers.Length - MostStrangers} more")
                : "";
            string names = string.Join(", ", strangers.Take(MostStrangers).Select(VisibleText.Of));
            context.Report.Note($"left alone, for the scenario does not know it: {names}{rest}");
        }

        foreach (Obstacle obstacle in reconciliation.Obstacles.Take(MostMessages))
        {
            context.Report.Error(VisibleText.Of(obstacle.Message), HintOf(obstacle));
        }

        if (reconciliation.Obstacles.Length > MostMessages)
        {
            context.Report.Error($"and {reconciliation.Obstacles.Length - MostMessages} more are in the way");
        }
    }

    /// <summary>What would mend it, with the whole command where one can.</summary>
    private string? HintOf(Obstacle obstacle) => obstacle.Hint is not { } hint
        ? null
        : VisibleText.Of(hint) + (obstacle.AsksForNewKey ? $": {Place.Command("apply", "--new-key", obstacle.Stem)}" : "");

    private ImmutableArray<ChangeJson.EndingJson>? EndingsJson() => Endings is null ? null :
    [
        .. Endings.Select(ending => new ChangeJson.EndingJson(
            ending.Stem, ending.File, ending.Kind == ArtifactKind.Crl ? "crl" : "certificate", TimeText.Of(ending.Ends))),
    ];
}
