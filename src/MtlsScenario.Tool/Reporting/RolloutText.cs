using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Rollouts;

namespace MtlsScenario.Tool.Reporting;

/// <summary>A rollout for people.</summary>
internal sealed class RolloutText
{
    private const int MostNamed = 12;

    private readonly RolloutReport _report;
    private readonly StringBuilder _text = new();

    private RolloutText(RolloutReport report) => _report = report;

    private RolloutResult Result => _report.Result;

    /// <summary>The text, ending in a newline.</summary>
    public static string Of(RolloutReport report)
    {
        var text = new RolloutText(report);
        text.Write();
        return text._text.ToString();
    }

    private void Write()
    {
        Line($"{VisibleText.Of(_report.From)} to {VisibleText.Of(_report.To)}: {Sum()}");
        switch (Result.Verdict)
        {
            case RolloutVerdict.DoesNotHold:
                WriteFailures("as it is", Result.OldFailures);
                WriteFailures("as it is to be", Result.NewFailures);
                return;
            case RolloutVerdict.Undecided:
                WriteUntried();
                break;
            case RolloutVerdict.Ordered:
                WriteWaves(Result.Waves);
                break;
            case RolloutVerdict.NoOrder:
                WriteNoOrder();
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        WriteOrder();
        WriteRest();
    }

    private string Sum() => Result.Verdict switch
    {
        RolloutVerdict.DoesNotHold => "it does not hold by itself",
        RolloutVerdict.Undecided => "undecided",
        RolloutVerdict.NoOrder => "no order",
        _ when Result.Changes.IsEmpty => "nothing changes",
        _ when Result.Waves.Length == 1 => $"any order ({Mixed()})",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Result.Waves.Length} waves ({Mixed()})"),
    };

    private string Mixed() => string.Create(CultureInfo.InvariantCulture, $"{Result.Mixed:N0} handshake{(Result.Mixed == 1 ? "" : "s")} between changed and not");

    private void WriteFailures(string when, ImmutableArray<TrialResult> failures)
    {
        foreach (TrialResult failure in failures.Take(MostNamed))
        {
            Line($"  {when}: {failure.Trial.Name}, TLS {TrialText.Of(failure.Trial.Offered)}, {failure.Stack}: {failure.Verdict}, expected {TrialResult.Expectation(failure.Trial.Connection)}");
        }

        More(failures.Length);
    }

    private void WriteUntried()
    {
        IEnumerable<string> open =
        [
            .. Result.Untried.Select(result => $"{result.Trial.Name}, TLS {TrialText.Of(result.Trial.Offered)}: {Said(result)}"),
            .. Result.Undecided.Select(mix => $"{mix.Result.Trial.Name}, {RolloutReport.MixOf(mix)}, TLS {TrialText.Of(mix.Result.Trial.Offered)}: {Said(mix.Result)}"),
        ];
        string[] lines = [.. open.Distinct(StringComparer.Ordinal)];
        foreach (string line in lines.Take(MostNamed))
        {
            Line("  " + line);
        }

        More(lines.Length);
    }

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
                WriteParty(Result.Change(party));
            }
        }
    }

    private void WriteParty(PartyChange change)
    {
        if (change.Differences.Any(difference => difference.Narrows))
        {
            Row("first", "whoever still uses what it drops must be gone: pools, long connections and TLS sessions live on");
        }

        foreach (PartyDifference difference in change.Differences)
        {
            Row(NameOf(difference.Aspect), VisibleText.Of(difference.Was is { } was ? $"{difference.Now}, before {was}" : difference.Now));
        }

        if (_report.TakingUp(change.Party) is not { } means)
        {
            return;
        }

        bool certificate = change.Differences.Any(difference => difference.IsIdentity);
        bool trust = change.Differences.Any(difference => difference.Aspect is ChangedAspect.Trust or ChangedAspect.Crls);
        if (certificate && trust && means.Certificate == means.Trust)
        {
            Row("taken up by", means.Trust);
            return;
        }

        if (certificate)
        {
            Row("taken up by", $"certificate: {means.Certificate}");
        }

        if (trust)
        {
            Row("taken up by", $"trust: {means.Trust}");
        }
    }

    private void WriteNoOrder()
    {
        foreach (NoOrder circle in Result.NoOrder)
        {
            Line("");
            Line($"no order for {Names(circle.Parties)}:");
            foreach (Constraint constraint in circle.Constraints.Take(MostNamed))
            {
                Line($"  {Sentence(constraint)}");
            }

            More(circle.Constraints.Length);
        }

        Line("");
        if (!_report.Replaced.IsEmpty)
        {
            Line($"{Names(_report.Replaced)} {(_report.Replaced.Length == 1 ? "is" : "are")} made anew in the same place: give the new one a name of its own, as {VisibleText.Of(_report.Replaced[0])}2, so that both can exist");
            return;
        }

        if (_report.Steps.IsEmpty)
        {
            Line("no way over layouts in between was found");
            return;
        }

        Line(string.Create(CultureInfo.InvariantCulture, $"There is an order in {_report.Steps.Length} steps, each applied and taken up by everybody before the next:"));
        foreach ((int index, RolloutStep step) in _report.Steps.Index())
        {
            string order = step.Result.Waves is [] or [_] ? "any order" : string.Join("; then ", step.Result.Waves.Select(wave => Names(wave)));
            string file = index < _report.Files.Length ? $", {VisibleText.Of(_report.Files[index])}" : "";
            Line(string.Create(CultureInfo.InvariantCulture, $"  {index + 1} {step.Word}{file}: {Meaning(index)}; {order}"));
        }

        Line("Before the last, whoever still uses what was before must be gone: pools, long connections and TLS sessions live on.");
        if (_report.Files.IsEmpty)
        {
            Line("--steps DIR writes them.");
        }
    }

    private string Meaning(int index) => _report.Steps[index].Word switch
    {
        "widen" => "everybody accepts both, and still is who it was",
        "identity" => "everybody accepts both, and is who it is to be",
        _ when _report.Steps.Any(step => step.Word == "identity") => "nobody accepts what was before",
        _ => "everybody is who it is to be, and accepts nothing else",
    };

    private void WriteOrder()
    {
        if (Result.Verdict == RolloutVerdict.NoOrder || Result.Constraints.IsEmpty)
        {
            return;
        }

        Line("");
        foreach (Constraint constraint in Result.Constraints.Take(MostNamed))
        {
            Line(Sentence(constraint));
        }

        More(Result.Constraints.Length);
    }

    private void WriteRest()
    {
        Rest("new", Result.NewParties, Result.Connections.Begun);
        Rest("ended", Result.EndedParties, Result.Connections.Ended);
        if (!Result.Connections.Turned.IsEmpty)
        {
            Line($"of which the contrary is expected from now on: {string.Join(", ", Result.Connections.Turned)}");
        }
    }

    private void Rest(string word, ImmutableArray<string> parties, ImmutableArray<Connection> connections)
    {
        string[] all = [.. parties, .. connections.Select(connection => $"{connection.From} -> {connection.To}")];
        if (all.Length > 0)
        {
            Line($"{word}, in any order: {Names([.. all])}");
        }
    }

    private static string Sentence(Constraint constraint)
    {
        TrialResult result = constraint.Broken.Result;
        string order = constraint.Before == constraint.After ? $"{constraint.Before} before itself" : $"{constraint.Before} before {constraint.After}";
        return VisibleText.Of(
            $"{order}: with {RolloutReport.MixOf(constraint.Broken)}, {result.Trial.Name} is {RolloutReport.Ending(result)} (TLS {TrialText.Of(result.Trial.Offered)}, {result.Stack})");
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

    private static string Names(ImmutableArray<string> names) => VisibleText.Of(names.Length <= MostNamed
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(MostNamed))} and {names.Length - MostNamed:N0} more"));

    private void More(int all)
    {
        if (all > MostNamed)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"  and {all - MostNamed:N0} more; --json has all"));
        }
    }

    private void Row(string name, string value) => Line($"    {name,-11}  {value}");

    private void Line(string line) => _text.Append(line.TrimEnd()).Append('\n');
}
