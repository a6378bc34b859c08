using System.Text;
using MtlsScenario.Graphs;
using MtlsScenario.Graphs.Formats;
using MtlsScenario.Layouts;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Tests.Graphs;

/// <summary>What takes time with the square of the parties does not end within the limit of these.</summary>
public sealed class ManyPartiesTests
{
    private const int Count = 12_000;

    private static readonly Lazy<Scenario> _scenario = new(() =>
    {
        var text = new StringBuilder("name: many\nauthorities:\n");
        for (int number = 0; number < Count; number += 4)
        {
            text.Append($"  a{number}: {{ subject: /CN=a{number} }}\n");
        }

        text.Append("parties:\n  bob: { server: { subject: /CN=localhost, issuer: a0 } }\n");
        for (int number = 0; number < Count; number++)
        {
            text.Append($"  p{number}: {{ client: {{ subject: /CN=p{number}, issuer: a{number / 4 * 4} }} }}\n");
        }

        text.Append("connections:\n");
        for (int number = 0; number < Count; number += 4)
        {
            text.Append($"  - p{number} -> bob\n");
        }

        return ScenarioLoader.Parse(text.ToString());
    });

    [Theory(Timeout = 240_000)]
    [InlineData(GraphFormat.Svg)]
    [InlineData(GraphFormat.Tree)]
    [InlineData(GraphFormat.Dot)]
    [InlineData(GraphFormat.Mermaid)]
    internal async Task Many_parties_are_drawn(GraphFormat format)
    {
        string picture = await Task.Run(() => GraphWriter.Write(GraphBuilder.For(_scenario.Value, withSteps: true), format));

        Assert.Contains($"p{Count - 1}_client", picture, StringComparison.Ordinal);
    }

    [Fact(Timeout = 240_000)]
    public async Task Many_parties_are_planned_shown_and_scripted()
    {
        Plan plan = Planner.For(_scenario.Value);
        string[] texts = await Task.Run(() => new[]
        {
            ScriptWriter.Write(plan, new ScriptOptions()), ScriptWriter.Write(plan, new ScriptOptions { For = "a0" }), LayoutText.Snapshot(PlannedLayout.Of(plan)),
        });

        Assert.All(texts, text => Assert.Contains("p3_client", text, StringComparison.Ordinal));
    }
}
