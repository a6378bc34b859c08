using MtlsScenario.Model;
using MtlsScenario.Tests.Binding;
using Xunit;

namespace MtlsScenario.Tests.Rollouts;

/// <summary>A scenario that is written is the one that was read.</summary>
public sealed class ScenarioTextTests
{
    public static TheoryData<string> Names => [.. ShippedScenarios.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_is_read_as_the_same_layout(string name)
    {
        Scenario scenario = ScenarioLoader.Load(ShippedScenarios.PathOf(name));
        string text = ScenarioText.Of(scenario);
        Scenario again = ScenarioLoader.Parse(text);

        Assert.Equal(ScenarioLayout.Of(scenario).ToString(), ScenarioLayout.Of(again).ToString());
        Assert.Equal(text, ScenarioText.Of(again));
        Assert.Equal(scenario.Connections.AsEnumerable(), again.Connections.AsEnumerable());
    }

    [Fact]
    public void What_could_be_read_as_something_else_is_quoted()
    {
        const string Odd = """
            name: odd
            description: "yes: # \"no\" \\ \u0001 ü {n}"
            authorities: { ca: { subject: { O: "null", OU: "1.3", CN: "- a: [b], #c" }, digest: sha384 } }
            parties: { on: { client: { subject: { CN: "~" }, issuer: ca, key: ed25519, lifetime: 36h } } }
            """;
        Scenario scenario = ScenarioLoader.Parse(Odd);
        Scenario again = ScenarioLoader.Parse(ScenarioText.Of(scenario));
        Assert.Equal(scenario.Description, again.Description);
        Assert.Equal(ScenarioLayout.Of(scenario).ToString(), ScenarioLayout.Of(again).ToString());
    }
}
