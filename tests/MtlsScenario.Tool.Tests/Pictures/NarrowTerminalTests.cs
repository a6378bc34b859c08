using MtlsScenario.Graphs;
using Xunit;

namespace MtlsScenario.Tool.Tests.Pictures;

/// <summary>What has a table stays within 80 columns, and piped it has no colour.</summary>
public sealed class NarrowTerminalTests : IDisposable
{
    private static readonly string Long = new('x', 64);

    private static readonly string Scenario = $$"""
        name: narrow
        defaults: { key: ec-p256 }
        authorities:
          ca: { subject: /O=Example Corporation With A Long Name/CN=ca }
          {{Long}}: { subject: /CN={{Long}}, issuer: ca, lifetime: 300d }
        parties:
          bob:
            server: { subject: /CN=localhost, issuer: {{Long}}, names: [localhost, "uri:https://example/{{Long}}/{{Long}}"] }
          party-{{Long[..50]}}:
            client: { subject: /CN={{Long}}, issuer: ca, lifetime: 200d }
        connections:
          - party-{{Long[..50]}} -> bob
          - { from: party-{{Long[..50]}}, to: bob, presents: nothing, host: other.example, expect: rejected, by: client, because: name-mismatch }
        """;

    private readonly WorkFolder _folder = new();

    [Theory]
    [InlineData("plan", "new.yaml")]
    [InlineData("plan", "changed.yaml", "-d", "narrow")]
    [InlineData("show", "new.yaml")]
    [InlineData("show", "changed.yaml", "-d", "narrow")]
    [InlineData("test", "new.yaml")]
    [InlineData("graph", "new.yaml", "--steps")]
    public async Task No_line_is_longer_than_80_columns_and_none_is_coloured(params string[] arguments)
    {
        _folder.Write("narrow.yaml", Scenario);
        _folder.Write("new.yaml", Scenario.Replace("name: narrow", "name: new", StringComparison.Ordinal));
        _folder.Write("changed.yaml", Scenario.Replace("With A Long Name", "With Another Long Name", StringComparison.Ordinal));
        await _folder.RunAsync("apply", "narrow.yaml");

        ToolRun run = await _folder.RunAsync(arguments);

        Assert.True(run.ExitCode is 0 or 1, run.Error);
        Assert.DoesNotContain('\e', run.Output);
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.EnumerateRunes().Sum(TerminalColumns.Of) <= 80, line));
    }

    public void Dispose() => _folder.Dispose();
}
