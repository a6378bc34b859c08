using System.Text.Json;
using Xunit;

namespace MtlsScenario.Tool.Tests.Layouts;

public sealed class SnapshotCommandTests : IDisposable
{
    private const string Scenario = """
        name: small
        authorities:
          ca: { subject: /CN=my-ca, key: ec-p256 }
        parties:
          bob:
            server: { subject: /CN=localhost, issuer: ca, key: ec-p256, trusts: [ca] }
        """;

    private readonly WorkFolder _folder = new();

    [Fact]
    public async Task A_layout_is_received_accepted_and_then_the_same()
    {
        _folder.Write("x/small.yaml", Scenario);
        ToolRun first = await _folder.RunAsync("snapshot", "x/small.yaml");
        Assert.Equal(1, first.ExitCode);
        Assert.StartsWith($"{Path.Combine("x", "small.verified.txt")}: not there yet\n", first.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.PathOf("x/small.received.txt")));

        Assert.Equal(0, (await _folder.RunAsync("snapshot", "x/small.yaml", "--accept")).ExitCode);
        Assert.False(File.Exists(_folder.PathOf("x/small.received.txt")));
        ToolRun same = await _folder.RunAsync("snapshot", "x/small.yaml");
        Assert.Equal((0, $"{Path.Combine("x", "small.verified.txt")}: as accepted\n"), (same.ExitCode, same.Output));
    }

    [Fact]
    public async Task A_changed_scenario_prints_the_lines_that_differ()
    {
        _folder.Write("small.yaml", Scenario);
        await _folder.RunAsync("snapshot", "small.yaml", "--accept");
        string accepted = _folder.Read("small.verified.txt");
        _folder.Write("small.yaml", Scenario.Replace("CN=localhost", "CN=bob.example", StringComparison.Ordinal));

        ToolRun run = await _folder.RunAsync("snapshot", "small.yaml");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            [
                "-  subject                 /CN=localhost", "+  subject                 /CN=bob.example",
                "-  subjectAltName          dns:localhost", "+  subjectAltName          dns:bob.example",
            ],
            run.Output.Split('\n').Where(line => line.StartsWith('+') || line.StartsWith('-')));
        Assert.Equal(accepted, _folder.Read("small.verified.txt"));
        Assert.Contains("/CN=bob.example", _folder.Read("small.received.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_apply_made_is_what_was_accepted()
    {
        _folder.Write("small.yaml", Scenario);
        await _folder.RunAsync("snapshot", "small.yaml", "--accept");
        await _folder.RunAsync("apply", "small.yaml", "-d", "certs");
        Assert.Equal(0, (await _folder.RunAsync("snapshot", "small.yaml", "-d", "certs")).ExitCode);

        File.Delete(_folder.PathOf("certs/bob_server.csr"));
        using JsonDocument json = JsonDocument.Parse(
            (await _folder.RunAsync("snapshot", "small.yaml", "-d", "certs", "--json")).Output);
        Assert.False(json.RootElement.GetProperty("same").GetBoolean());
        Assert.Contains(
            "+  request file            bob_server.csr, missing",
            json.RootElement.GetProperty("difference").EnumerateArray().Select(line => line.GetString()));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_the_environments_fault()
    {
        _folder.Write("small.yaml", Scenario);
        ToolRun run = await _folder.RunAsync("snapshot", "small.yaml", "-d", "nowhere");
        Assert.Equal((3, "error: there is no folder nowhere\n  hint: make it: mtls-scenario apply small.yaml -d nowhere\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("\uFEFF", "\n", "")]
    [InlineData("", "\r\n", "\r\n")]
    [InlineData("", "\n", "\n")]
    public async Task A_snapshot_may_be_written_by_other_programs(string mark, string newline, string end)
    {
        _folder.Write("small.yaml", Scenario);
        await _folder.RunAsync("snapshot", "small.yaml", "--accept");
        string accepted = _folder.Read("small.verified.txt");
        Assert.False(accepted.EndsWith('\n'));
        _folder.Write("small.verified.txt", mark + accepted.ReplaceLineEndings(newline) + end);
        Assert.Equal(0, (await _folder.RunAsync("snapshot", "small.yaml")).ExitCode);
    }

    [Fact]
    public async Task More_than_one_newline_at_the_end_is_a_difference()
    {
        _folder.Write("small.yaml", Scenario);
        await _folder.RunAsync("snapshot", "small.yaml", "--accept");
        _folder.Write("small.verified.txt", _folder.Read("small.verified.txt") + "\n\n");

        Assert.Equal(1, (await _folder.RunAsync("snapshot", "small.yaml")).ExitCode);
    }

    [Fact]
    public async Task An_empty_snapshot_is_none_and_goes()
    {
        _folder.Write("small.yaml", Scenario);
        _folder.Write("small.verified.txt", "");

        ToolRun run = await _folder.RunAsync("snapshot", "small.yaml");

        Assert.StartsWith("small.verified.txt: not there yet\n", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("small.verified.txt")));
    }

    [Fact]
    public async Task What_is_written_begins_with_a_byte_order_mark_and_ends_without_a_newline()
    {
        _folder.Write("small.yaml", Scenario);
        await _folder.RunAsync("snapshot", "small.yaml");
        byte[] received = File.ReadAllBytes(_folder.PathOf("small.received.txt"));
        await _folder.RunAsync("snapshot", "small.yaml", "--accept");

        Assert.Equal([0xEF, 0xBB, 0xBF], received[..3]);
        Assert.NotEqual((byte)'\n', received[^1]);
        Assert.Equal(received, File.ReadAllBytes(_folder.PathOf("small.verified.txt")));
    }

    [Fact]
    public async Task Standard_input_has_its_snapshot_in_the_working_directory()
    {
        ToolRun run = await _folder.RunWithInputAsync(Scenario, "snapshot", "-", "--accept");
        Assert.Equal((0, "small.verified.txt: accepted\n"), (run.ExitCode, run.Output));
        Assert.True(File.Exists(_folder.PathOf("small.verified.txt")));
    }

    public void Dispose() => _folder.Dispose();
}
