using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Rollouts;

namespace MtlsScenario.Tool.Reporting;

/// <summary>A rollout for people: as a text, and in parts for a page. All of it is safe to print.</summary>
internal sealed class RolloutText(RolloutReport report)
{
    private const int MostNamed = 12;

    private readonly StringBuilder _text = new();

    private RolloutResult Result => report.Result;

    /// <summary>The text, ending in a newline.</summary>
    public static string Of(RolloutReport report)
    {
        var text = new RolloutText(report);
        text.Write();
        return text._text.ToString();
    }

    private void Write()
    {
        Line($"{VisibleText.Of(report.From)} to {VisibleText.Of(report.To)}: {Sum()}{Mixed()}");
        Some(Open(), "  ");
        if (Result.Verdict == RolloutVerdict.NoOrder)
        {
            WriteNoOrder();
        }
        else
        {
            WriteWaves(Result.Waves);
            if (!Result.Constraints.IsEmpty)
            {
                Line("");
                Some(Result.Constraints.Select(Sentence), "");
            }
        }

        Others().ToList().ForEach(Line);
    }

    /// <summary>What came of it, in a few words.</summary>
    public string Sum() => Result.Verdict switch
    {
        RolloutVerdict.DoesNotHold => "it does not hold by itself",
        RolloutVerdict.Undecided => "undecided",
        RolloutVerdict.NoOrder => "no order",
        _ when Result.Changes.IsEmpty => "nothing changes",
        _ when Result.Waves.Length == 1 => "any order",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Result.Waves.Length} waves"),
    };

    /// <summary>How many handshakes that rests on, where there is an order.</summary>
    public string Mixed() => Result.Waves.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $" ({Result.Mixed:N0} handshake{(Result.Mixed == 1 ? "" : "s")} between changed and not)");

    /// <summary>What else there is to know: what is not as it is to be, what could not be tried, what is new or ended.</summary>
    public IEnumerable<string> Rest() => [.. Open(), .. Others()];

    private IEnumerable<string> Open() => Result.Verdict switch
    {
        RolloutVerdict.DoesNotHold => [.. Failures("as it is", Result.OldFailures), .. Failures("as it is to be", Result.NewFailures)],
        RolloutVerdict.NoOrder => [],
        _ => Untried().Distinct(StringComparer.Ordinal),
    };

    private static IEnumerable<string> Failures(string when, ImmutableArray<TrialResult> failures) => failures.Select(failure =>
        $"{when}: {failure.Trial.Name}, TLS {TrialText.Of(failure.Trial.Offered)}, {failure.Stack}: {failure.Verdict}, expected {TrialResult.Expectation(failure.Trial.Connection)}");

    private IEnumerable<string> Untried() =>
    [
        .. Result.Untried.Select(result => $"{result.Trial.Name}, TLS {TrialText.Of(result.Trial.Offered)}: {Said(result)}"),
        .. Result.Undecided.Select(mix => $"{mix.Result.Trial.Name}, {RolloutReport.MixOf(mix)}, TLS {TrialText.Of(mix.Result.Trial.Offered)}: {Said(mix.Result)}"),
    ];

    private static string Said(TrialResult result) => result.Verdict is Verdict.NotTried ? result.Verdict.ToString() : $"{result.Verdict}: {TrialText.Said(result.Verdict)}";

    private void WriteWaves(ImmutableArray<ImmutableArray<string>> waves)
    {
        foreach ((int index, ImmutableArray<string> wave) in waves.Index())
        {
            string number = waves.Length == 1 ? "-" : (index + 1).ToString(CultureInfo.InvariantCulture);
            foreach (string party in wave)
            {
                Line("");
                Line($"{number} {VisibleText.Of(party)}");
                foreach ((string name, string value) in RowsOf(Result.Change(party)))
                {
                    Line($"    {name,-11}  {value}");
                }
            }
        }
    }

    /// <summary>What changes of a party, and how it is taken up.</summary>
    public IEnumerable<(string Name, string Value)> RowsOf(PartyChange change)
    {
        if (change.Differences.Any(difference => difference.Narrows))
        {
            yield return ("first", "whoever still uses what it drops must be gone: pools, long connections and TLS sessions live on");
        }

        foreach (PartyDifference difference in change.Differences)
        {
            yield return (NameOf(difference.Aspect), VisibleText.Of(difference.Was is { } was ? $"{difference.Now}, before {was}" : difference.Now));
        }

        if (report.ReloadMeans(change.Party) is not { } means)
        {
            yield break;
        }

        bool certificate = change.Differences.Any(difference => difference.IsIdentity);
        bool trust = change.Differences.Any(difference => difference.Aspect is ChangedAspect.Trust or ChangedAspect.Crls);
        if (certificate && trust && means.Certificate == means.Trust)
        {
            yield return ("taken up by", means.Trust);
            yield break;
        }

        if (certificate)
        {
            yield return ("taken up by", $"certificate: {means.Certificate}");
        }

        if (trust)
        {
            yield return ("taken up by", $"trust: {means.Trust}");
        }
    }

    private void WriteNoOrder()
    {
        foreach (NoOrder circle in Result.NoOrder)
        {
            Line("");
            Line($"no order for {Names(circle.Parties)}:");
            Some(circle.Constraints.Select(Sentence), "  ");
        }

        Line("");
        if (!report.Steps.IsEmpty)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"There is an order in {report.Steps.Length} steps, each applied and taken up by everybody before the next:"));
            foreach (int index in Enumerable.Range(0, report.Steps.Length))
            {
                Line(string.Create(CultureInfo.InvariantCulture, $"  {index + 1} {StepOf(index)}"));
            }
        }

        Advice().ToList().ForEach(Line);
    }

    /// <summary>A step: what it is for, its file, and its order.</summary>
    public string StepOf(int index)
    {
        RolloutStep step = report.Steps[index];
        string order = step.Result.Waves is [] or [_] ? "any order" : string.Join("; then ", step.Result.Waves.Select(wave => Names(wave)));
        string[] also = [.. step.Result.Changes.Select(change => change.Party).Where(party => !step.Wide.Contains(party.Split('[')[0]))];
        string file = index < report.Files.Length ? $", {VisibleText.Of(report.Files[index])}" : "";
        return $"{step.Word}{file}: {Meaning(step)}{(also.Length > 0 ? $"; {Names([.. also])} as {(also.Length == 1 ? "it is" : "they are")} to be" : "")}; {order}";
    }

    private string Meaning(RolloutStep step) => (step.Word, step.Wide is [_]) switch
    {
        ("widen", true) => $"{Names(step.Wide)} accepts both, and still is who it was",
        ("widen", false) => $"{Names(step.Wide)} accept both, and still are who they were",
        ("identity", true) => $"{Names(step.Wide)} accepts both, and is who it is to be",
        ("identity", false) => $"{Names(step.Wide)} accept both, and are who they are to be",
        _ when report.Steps.Any(other => other.Word == "identity") => "nobody accepts what was before",
        _ => "everybody is who it is to be, and accepts nothing else",
    };

    /// <summary>What to do where there is no order.</summary>
    public IEnumerable<string> Advice()
    {
        if (Result.Verdict != RolloutVerdict.NoOrder)
        {
            yield break;
        }

        if (!report.Replaced.IsEmpty)
        {
            yield return $"{Names(report.Replaced)} {(report.Replaced.Length == 1 ? "is" : "are")} made anew in the same place: give the new one a name of its own, as {VisibleText.Of(report.Replaced[0])}2, so that both can exist";
        }
        else if (!report.NoSteps.IsEmpty)
        {
            yield return VisibleText.Of($"no layouts in between can be written from the folder alone: {string.Join("; ", report.NoSteps)}");
            yield return VisibleText.Of($"with the scenario that the folder was made by: rollout OLD.yaml {report.To} -d DIR --steps STEPS");
        }
        else if (report.Steps.IsEmpty)
        {
            yield return "no way over layouts in between was found";
        }
        else
        {
            yield return "Before the last, whoever still uses what was before must be gone: pools, long connections and TLS sessions live on.";
            if (report.Files.IsEmpty)
            {
                yield return "--steps DIR writes them.";
            }
        }
    }

    private IEnumerable<string> Others() =>
    [
        .. Others("new", Result.NewParties, Result.Connections.Begun),
        .. Others("ended", Result.EndedParties, Result.Connections.Ended),
        .. Result.Connections.Turned.IsEmpty ? (string[])[] : [VisibleText.Of($"of which the contrary is expected from now on: {string.Join(", ", Result.Connections.Turned)}")],
    ];

    private static IEnumerable<string> Others(string word, ImmutableArray<string> parties, ImmutableArray<Connection> connections)
    {
        string[] all = [.. parties, .. connections.Select(connection => $"{connection.From} -> {connection.To}")];
        return all.Length > 0 ? [$"{word}, in any order: {Names([.. all])}"] : [];
    }

    private static string Sentence(Constraint constraint) =>
        VisibleText.Of($"{constraint.Before} before {(constraint.Before == constraint.After ? "itself" : constraint.After)}: ") + Otherwise(constraint);

    /// <summary>What would be otherwise.</summary>
    public static string Otherwise(Constraint constraint)
    {
        TrialResult result = constraint.Broken.Result;
        return VisibleText.Of(
            $"with {RolloutReport.MixOf(constraint.Broken)}, {result.Trial.Name} is {RolloutReport.Ending(result)} (TLS {TrialText.Of(result.Trial.Offered)}, {result.Stack})");
    }

    /// <summary>What an aspect is called.</summary>
    public static string NameOf(ChangedAspect aspect) => aspect switch
    {
        ChangedAspect.Crls => "CRLs",
        ChangedAspect.TlsMin => "tlsMin",
        ChangedAspect.Host => "calls",
        ChangedAspect.Tls => "offers",
        _ => aspect.ToString().ToLowerInvariant(),
    };

    /// <summary>Names, of many the first.</summary>
    public static string Names(ImmutableArray<string> names) => VisibleText.Of(names.Length <= MostNamed
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(MostNamed))} and {names.Length - MostNamed:N0} more"));

    private void Some(IEnumerable<string> lines, string indent)
    {
        string[] all = [.. lines];
        all.Take(MostNamed).ToList().ForEach(line => Line(indent + line));
        if (all.Length > MostNamed)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"  and {all.Length - MostNamed:N0} more; --json has all"));
        }
    }

    private void Line(string line) => _text.Append(line.TrimEnd()).Append('\n');
}
