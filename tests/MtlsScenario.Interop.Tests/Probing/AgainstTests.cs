using System.Text.Json.Nodes;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Configs;
using Xunit;

namespace MtlsScenario.Interop.Tests.Probing;

/// <summary>What <c>test --against</c> says of other people's servers, in a right and in a wrong configuration.</summary>
public sealed class AgainstTests(ProbedFolder folder) : IClassFixture<ProbedFolder>
{
    private const string Strangers = "mallory nobody self_made";

    [Theory]
    [InlineData("nginx on", "")]
    [InlineData("nginx optional", "nobody")]
    [InlineData("nginx optional_no_ca", Strangers)]
    [InlineData("haproxy required", "")]
    [InlineData("node rejectUnauthorized: true", "")]
    [InlineData("node rejectUnauthorized: false", $"late {Strangers}")]
    [InlineData("Kestrel RequireCertificate", "")]
    [InlineData("Kestrel any certificate", "late mallory self_made")]
    [InlineData("java setNeedClientAuth", "")]
    public async Task A_server_keeps_to_what_is_expected_or_is_told_where_not(string name, string failed)
    {
        int port = FreePort.Take();
        await using IAsyncDisposable running = await ProbedServer.Of(name).Start(folder.Certificates, port);
        BufferedCommandResult run = await folder.Folder.TryToolAsync("test", "against.yaml", "-d", "probed", "--against", $"bob=localhost:{port}", "--json");
        JsonNode[] results = [.. JsonNode.Parse(run.StandardOutput)!["results"]!.AsArray().Select(result => result!)];
        string[] found = [.. results.Where(result => (string)result["status"]! == "failed").Select(result => (bool)result["presentsCertificate"]! ? (string)result["from"]! : "nobody").Distinct()];
        Assert.True(failed == string.Join(' ', found.Order(StringComparer.Ordinal)), $"{name}: {string.Join(' ', found)}\n{run.StandardOutput}{run.StandardError}");
        Assert.Equal((failed.Length == 0 ? 0 : 1, 10), (run.ExitCode, results.Length));
    }

    [Fact]
    public async Task The_report_of_a_server_says_who_was_let_in_that_should_not_be()
    {
        int port = FreePort.Take();
        await using IAsyncDisposable running = await ProbedServer.Of("nginx optional").Start(folder.Certificates, port);
        await folder.Folder.RunToolAsync("report", "against.yaml", "-d", "probed", "--against", $"bob=localhost:{port}", "-o", "report.html");
        string page = File.ReadAllText(folder.Folder.At("report.html"));
        Assert.Contains("<th scope=\"col\" role=\"columnheader\">running</th>", page, StringComparison.Ordinal);
        Assert.Contains("✓ 8 passed</span> <span class=\"status failed\">✗ 2 failed</span>", page, StringComparison.Ordinal);
    }
}
