using System.Collections.Immutable;
using MtlsScenario.Model;
using MtlsScenario.Rollouts;
using Xunit;

namespace MtlsScenario.Tests.Rollouts;

/// <summary>Who is in nobody's way takes no part in the layouts in between.</summary>
public sealed class RolloutStepsTests
{
    /// <summary>Bob and amy go to another root; zed is to trust it before bob comes with it, and yan drops the old one when bob is gone from it.</summary>
    private const string Layout = """
        name: five
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=ca }, ca2: { subject: /CN=ca2 }, other: { subject: /CN=other } }
        parties:
          bob: { peer: { subject: /CN=localhost, issuer: {0}, trusts: [{0}, other] } }
          amy: { client: { subject: /CN=amy, issuer: {0}, trusts: [{0}] } }
          zed: { server: { subject: /CN=localhost, issuer: other, trusts: [{1}], listen: localhost:3001 } }
          yan: { client: { subject: /CN=yan, issuer: other, trusts: [{2}] } }
          carl: { server: { subject: /CN=localhost, issuer: other, trusts: [other], listen: localhost:3002, tlsMin: {3} } }
          dora: { client: { subject: /CN=dora, issuer: other, trusts: [other] } }
        connections:
          - amy -> bob
          - bob -> zed
          - yan -> bob
          - dora -> carl
        """;

    private static Scenario Read(params string[] values) => ScenarioLoader.Parse(
        values.Index().Aggregate(Layout, (text, value) => text.Replace($"{{{value.Index}}}", value.Item, StringComparison.Ordinal)));

    [Fact]
    public async Task Only_those_in_each_other_s_way_accept_both_and_who_comes_before_them_is_changed_in_the_first_step()
    {
        Scenario old = Read("ca", "ca", "ca, ca2", "1.2");
        Scenario made = Read("ca2", "ca, ca2", "ca2", "1.3");
        using var run = new RolloutRun(old, made);
        RolloutResult whole = await run.AskAsync();
        Assert.Equal("bob amy", string.Join(' ', Assert.Single(whole.NoOrder).Parties));

        ImmutableArray<RolloutStep> way = await run.Steps().FindAsync(whole, CancellationToken.None);

        Assert.Equal(
            ["widen: bob amy zed", "identity: bob amy", "narrow: bob amy yan carl"],
            way.Select(step => $"{step.Word}: {string.Join(" | ", step.Result.Waves.Select(wave => string.Join(' ', wave)))}"));
        await RolloutRun.CarryOutAsync(old, way);
    }
}
