using System.Text;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Binding;

public sealed class ShippedScenarioTests
{
    public static TheoryData<string> All => [.. ShippedScenarios.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void A_shipped_scenario_is_right_and_called_as_its_file(string name)
    {
        ScenarioReadResult result = ScenarioReader.Read($"{name}.yaml", ShippedScenarios.Content(name));

        Assert.NotNull(result.Scenario);
        Assert.Equal(name, result.Scenario.Name);
        Assert.False(string.IsNullOrEmpty(result.Scenario.Description));
    }

    [Fact]
    public void Each_end_trusts_the_root_above_the_other()
    {
        Scenario scenario = ScenarioReader.Read("s", ShippedScenarios.Content("amy-bob-distinct-cas")).Scenario!;

        Assert.Equal("amy_ca", Assert.Single(scenario.Party("bob").Called!.Trusts));
        Assert.Equal("bob_ca", Assert.Single(scenario.Party("amy").Calling!.Trusts));
    }

    [Fact]
    public void The_example_of_the_README_is_right_without_warnings()
    {
        string readme = File.ReadAllText(Path.Combine(SourceFolder.Path, "..", "..", "..", "scenarios", "README.md"));
        string example = readme.Split("```yaml\n")[1].Split("```")[0];

        Assert.Empty(ScenarioReader.Read("README.md", Encoding.UTF8.GetBytes(example)).Diagnostics);
    }

    [Theory]
    [InlineData("amy-bob-bare", "server-without-names")]
    [InlineData("formats", "encrypted-key-readers intermediates-in-store encrypted-key-readers")]
    [InlineData("name-constraints", "outside-name-constraints")]
    [InlineData("not-a-ca", "issuer-cannot-sign")]
    [InlineData("path-length", "outside-path-length")]
    [InlineData("wrong-purpose", "purpose-not-for-role purpose-not-for-role")]
    public void Scenarios_that_mean_it_have_their_warnings(string name, string codes) => Assert.Equal(
        codes.Split(' '),
        ScenarioReader.Read(name, ShippedScenarios.Content(name)).Diagnostics.Select(diagnostic => diagnostic.Code));

    [Theory]
    [MemberData(nameof(All))]
    public void An_editor_finds_the_schema_of_each(string name) => Assert.StartsWith(
        "# yaml-language-server: $schema=../src/MtlsScenario/scenario.schema.json\n",
        Encoding.UTF8.GetString(ShippedScenarios.Content(name)),
        StringComparison.Ordinal);
}
