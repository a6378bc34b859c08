using System.Collections.Immutable;
using MtlsScenario.Model;
using MtlsScenario.Rollouts;
using MtlsScenario.Tests.Binding;
using Xunit;

namespace MtlsScenario.Tests.Rollouts;

/// <summary>The layouts that ship as steps: from each to the next there is an order, and over all of them there is none.</summary>
public sealed class ShippedRolloutTests
{
    private static string Folder => Path.GetFullPath(Path.Combine(SourceFolder.Path, "..", "..", "..", "scenarios", "rollouts"));

    /// <summary>Each folder with its waves from one layout to the next.</summary>
    public static TheoryData<string, string[]> All => new()
    {
        { "admits-changed", ["bob", "amy", "bob"] },
        { "clientauth-leaves-public", ["bob", "amy", "bob"] },
        { "host-renamed", ["bob", "amy", "bob"] },
        { "new-intermediate", ["bob amy"] },
        { "new-root", ["bob amy", "bob amy", "bob amy"] },
        { "revocation-on", ["bob amy"] },
        { "rsa-to-ec", ["bob amy"] },
        { "tls13-only", ["amy | bob"] },
    };

    [Fact]
    public void Every_folder_that_ships_is_tried() => Assert.Equal(
        Directory.EnumerateDirectories(Folder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal), All.Select(row => (string)row[0]));

    [Theory]
    [MemberData(nameof(All))]
    public async Task From_each_to_the_next_there_is_an_order_and_over_all_of_several_there_is_none(string folder, string[] expected)
    {
        Scenario[] steps = [.. Directory.EnumerateFiles(Path.Combine(Folder, folder)).Order(StringComparer.Ordinal).Select(file => ScenarioLoader.Load(file))];
        var found = new List<string>();
        foreach ((Scenario old, Scenario made) in steps.Zip(steps.Skip(1)))
        {
            using var run = new RolloutRun(old, made);
            RolloutResult result = await run.AskAsync();
            Assert.Equal(RolloutVerdict.Ordered, result.Verdict);
            found.Add(string.Join(" | ", result.Waves.Select(wave => string.Join(' ', wave))));
        }

        Assert.Equal(expected, found);
        if (steps.Length == 2)
        {
            return;
        }

        using var all = new RolloutRun(steps[0], steps[^1]);
        RolloutResult whole = await all.AskAsync();
        Assert.Equal(RolloutVerdict.NoOrder, whole.Verdict);
        Assert.Equal("bob amy", string.Join(' ', Assert.Single(whole.NoOrder).Parties));
        Assert.Empty(whole.Waves);
        ImmutableArray<RolloutStep> way = await all.Steps().FindAsync(whole, CancellationToken.None);
        Assert.Equal(folder == "new-root" ? ["widen", "identity", "narrow"] : ["widen", "narrow"], way.Select(step => step.Word));
        await RolloutRun.CarryOutAsync(steps[0], way);
    }

    [Fact]
    public async Task An_authority_with_a_new_key_in_its_own_place_is_named()
    {
        Scenario scenario = ScenarioLoader.Load(Path.Combine(Folder, "new-root", "0-before.yaml"));
        using var run = new RolloutRun(scenario, scenario, new Reconciling.ReconciliationOptions(NewKeys: ["ca"]));
        Assert.Equal(RolloutVerdict.NoOrder, (await run.AskAsync()).Verdict);
        Assert.Equal("ca", string.Join(' ', run.Steps().ReplacedAuthorities));
    }
}
