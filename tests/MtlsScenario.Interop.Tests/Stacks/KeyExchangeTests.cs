using System.Text.Json.Nodes;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Scripting;
using MtlsScenario.Tool.Tests;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary><c>test</c> says by which group a key was exchanged where openssl tells it, which it does from 3.5 on, of TLS 1.3.</summary>
public sealed class KeyExchangeTests
{
    [Theory]
    [InlineData("amy-bob", "3.5", "X25519MLKEM768")]
    [InlineData("post-quantum", "3.6", "X25519MLKEM768")]
    [InlineData("amy-bob", OpenSslPrograms.Installed, null)]
    public async Task The_group_is_said_where_it_is_known(string name, string version, string? group)
    {
        using var folder = new WorkFolder();
        var setup = new InProcessSetup
        {
            Variables = new Dictionary<string, string> { ["OPENSSL"] = OpenSslPrograms.Needed(version), ["PATH"] = Environment.GetEnvironmentVariable("PATH")! },
        };

        ToolRun json = await folder.RunInProcessAsync(setup, "test", ShippedScenarios.FileOf(name), "--issue", "--stack", "openssl", "--json");
        ToolRun text = await folder.RunInProcessAsync(setup, "test", ShippedScenarios.FileOf(name), "--issue", "--stack", "openssl");

        Assert.True(json.ExitCode == 0, json.Error);
        JsonNode[] trials = [.. JsonNode.Parse(json.Output)!["results"]!.AsArray().Where(trial => (string)trial!["actual"]!["outcome"]! == "accepted").OfType<JsonNode>()];
        Assert.Contains(trials, trial => (string)trial["tls"]! == "1.3");
        Assert.All(trials, trial => Assert.Equal((string)trial["tls"]! == "1.3" && group is not null ? $"key exchange {group}" : null, (string?)trial["said"]));
        Assert.Equal(group is not null, text.Output.Contains($"key exchange {group ?? ""}", StringComparison.Ordinal));
    }
}
