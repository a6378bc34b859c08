using Xunit;

namespace MtlsScenario.Tool.Tests.Applying;

/// <summary>A change that breaks connections while only one of their ends has it is said, and nothing else is.</summary>
public sealed class BreakageWarningTests : IDisposable
{
    private const string Before = """
        name: x
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=ca }, ca2: { subject: /CN=ca2 } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, names: [localhost, "dns:bob"] } }
          amy: { client: { subject: /CN=amy, issuer: ca } }
          carl: { client: { subject: /CN=carl, issuer: ca } }
        connections: [amy -> bob, carl -> bob]
        """;

    private const string ApplyHint = "\n  hint: mtls-scenario rollout BEFORE.yaml x.yaml, from what the scenario was before, says in which order to change the parties\n";

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_root_that_is_replaced_at_once_is_said_by_plan_and_by_apply()
    {
        await ApplyAsync(Before);
        _folder.Write("x.yaml", Before.Replace("issuer: ca", "issuer: ca2", StringComparison.Ordinal));
        const string Warning = "warning: with amy changed, bob not, amy -> bob is rejected by client: unknown-issuer; of 2 connections that work this is so";

        ToolRun plan = await _folder.RunAsync("plan", "x.yaml");
        ToolRun apply = await _folder.RunAsync("apply", "x.yaml");

        Assert.Equal($"{Warning}\n  hint: mtls-scenario rollout x.yaml says in which order to change the parties\n", plan.Error);
        Assert.Equal(Warning + ApplyHint, apply.Error);
        Assert.Equal((0, 0), (plan.ExitCode, apply.ExitCode));
        Assert.Equal("", (await _folder.RunAsync("apply", "x.yaml")).Error);
    }

    [Fact]
    public async Task A_new_key_of_the_root_is_said_with_the_option()
    {
        await ApplyAsync(Before);

        ToolRun run = await _folder.RunAsync("plan", "x.yaml", "--new-key", "ca");

        Assert.StartsWith("warning: with amy changed, bob not, amy -> bob is rejected by client: ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("\n  hint: mtls-scenario rollout x.yaml --new-key ca says in which order to change the parties\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_goes_is_said()
    {
        await ApplyAsync(Before);
        _folder.Write("x.yaml", Before.Replace(", \"dns:bob\"", "", StringComparison.Ordinal));

        ToolRun run = await _folder.RunAsync("apply", "x.yaml");

        Assert.Equal("warning: the certificate of bob loses a name: whoever still goes by that breaks" + ApplyHint, run.Error);
    }

    [Theory]
    [InlineData("lifetime: 30d", "lifetime: 30d", "--renew")]
    [InlineData("issuer: ca,", "issuer: ca, lifetime: 20d,")]
    [InlineData("issuer: ca,", "issuer: ca, trusts: [ca, ca2],")]
    [InlineData("\"dns:bob\"", "\"dns:bob\", \"dns:robert\"")]
    [InlineData("localhost, issuer", "localhost, key: ec-p384, issuer")]
    [InlineData("issuer: ca }", "issuer: ca, trusts: [ca2] }")]
    public async Task What_breaks_nothing_that_works_is_not(string old, string made, params string[] options)
    {
        await ApplyAsync(Before);
        _folder.Write("x.yaml", Before.Replace(old, made, StringComparison.Ordinal));

        ToolRun run = await _folder.RunAsync(["apply", "x.yaml", .. options]);

        Assert.Equal((0, false), (run.ExitCode, run.Error.Contains("rollout", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_more_than_fifty_connections_it_is_said_that_none_is_tried()
    {
        string many = Before.Replace("[amy -> bob, carl -> bob]", $"[{string.Join(", ", Enumerable.Repeat("amy -> bob", 51))}]", StringComparison.Ordinal);
        await ApplyAsync(many);
        _folder.Write("x.yaml", many.Replace("issuer: ca", "issuer: ca2", StringComparison.Ordinal));

        ToolRun run = await _folder.RunAsync("plan", "x.yaml");

        Assert.EndsWith(
            "\nwhether connections break while only a part has what is new is not tried for more than 50; mtls-scenario rollout x.yaml says in which order to change the parties\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ca: { subject: /CN=ca }, ")]
    public async Task The_root_that_a_folder_was_made_with_is_found_whether_the_scenario_still_has_it_or_not(string still)
    {
        await ApplyAsync(Before.Replace(", ca2: { subject: /CN=ca2 }", "", StringComparison.Ordinal));
        _folder.Write("x.yaml", Before.Replace("issuer: ca", "issuer: ca2", StringComparison.Ordinal).Replace("ca: { subject: /CN=ca }, ", still, StringComparison.Ordinal));

        Assert.Contains("warning: with amy changed, bob not, amy -> bob is rejected by client: unknown-issuer", (await _folder.RunAsync("plan", "x.yaml")).Error, StringComparison.Ordinal);
        Assert.Contains("\nno order for bob, amy, carl:\n", (await _folder.RunAsync("rollout", "x.yaml")).Output, StringComparison.Ordinal);
    }

    /// <summary>The first run, of which there is nothing to say.</summary>
    private async Task ApplyAsync(string scenario)
    {
        _folder.Write("x.yaml", scenario);
        ToolRun run = await _folder.RunAsync("apply", "x.yaml");
        Assert.Equal((0, false), (run.ExitCode, run.Error.Contains("rollout", StringComparison.Ordinal)));
    }
}
