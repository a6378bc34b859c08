using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace MtlsScenario.Tool.Tests.Trials;

/// <summary>Of many connections what did not pass is printed, and of more trials than anybody waits for a sample is tried.</summary>
public sealed class ManyTrialsTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Beyond_fifty_connections_what_passed_is_left_out()
    {
        _folder.Write("many.yaml", Many(51));

        ToolRun run = await _folder.RunAsync("test", "many.yaml");

        Assert.Equal(
            """
            many, what would be issued:

            amy -> bob, as 17.example: accepted
              TLS 1.3       dotnet  FAILED     rejected by client: name-mismatch
                                               expected: accepted
                                               RemoteCertificateNameMismatch

            left out, for all of it passed: 50 connections (-v prints all)
            dotnet  50 passed, 1 failed
            50 passed, 1 failed

            """.ReplaceLineEndings("\n"),
            run.Output);
        Assert.Equal(1, run.ExitCode);

        ToolRun verbose = await _folder.RunAsync("test", "many.yaml", "-v");
        Assert.Equal(51, verbose.Output.Split("amy -> bob, as ").Length - 1);
        Assert.EndsWith("\n\n50 passed, 1 failed\n", verbose.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_connections_are_printed_one_by_one()
    {
        _folder.Write("many.yaml", Many(50));
        Assert.Equal(50, (await _folder.RunAsync("test", "many.yaml")).Output.Split("amy -> bob, as ").Length - 1);
    }

    [Fact]
    public async Task Quiet_leaves_what_did_not_pass_and_the_sum()
    {
        _folder.Write("many.yaml", Many(20));

        ToolRun run = await _folder.RunAsync("test", "many.yaml", "-q");

        Assert.Equal(1, run.Output.Split("amy -> bob, as ").Length - 1);
        Assert.Contains("\namy -> bob, as 17.example: accepted\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n\n19 passed, 1 failed\n", run.Output, StringComparison.Ordinal);

        ToolRun both = await _folder.RunAsync("test", "many.yaml", "-q", "-v");
        Assert.Equal((2, "error: --quiet and --verbose exclude each other\n"), (both.ExitCode, both.Error));
    }

    [Fact]
    public async Task Of_a_million_times_a_million_trials_a_sample_is_tried_and_called_one()
    {
        _folder.Write("fleets.yaml", """
            name: fleets
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: /CN=my-ca } }
            parties:
              b: { replicas: 1000000, server: { subject: "/CN=b-{n}", names: [localhost], issuer: ca } }
              a: { replicas: 1000000, client: { subject: "/CN=a-{n}", issuer: ca } }
            connections:
              - "a[*] -> b[*]"
            """);

        ToolRun run = await _folder.RunAsync("test", "fleets.yaml", "--junit", "results.xml");
        ToolRun json = await _folder.RunAsync("test", "fleets.yaml", "--json");
        ToolRun all = await _folder.RunAsync("test", "fleets.yaml", "--all-trials");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith(
            "\na sample: the first, the middle and the last stand for [*], 18 of\n2,000,000,000,000 handshakes on each stack; --all-trials tries all\n18 passed, 0 failed\n",
            run.Output,
            StringComparison.Ordinal);
        JsonElement sample = JsonDocument.Parse(json.Output).RootElement.GetProperty("sample");
        Assert.Equal((18, 2_000_000_000_000), (sample.GetProperty("tried").GetInt64(), sample.GetProperty("of").GetInt64()));
        Assert.StartsWith(
            "the first, the middle and the last stand for [*], 18 of 2,000,000,000,000 ",
            XDocument.Parse(_folder.Read("results.xml")).Descendants("property").Single().Attribute("value")!.Value,
            StringComparison.Ordinal);
        Assert.Equal((2, ""), (all.ExitCode, all.Output));
        Assert.StartsWith("error: 2,000,000,000,000 handshakes are more than one run can hold\n", all.Error, StringComparison.Ordinal);
    }

    /// <summary>A scenario of that many connections, of which the one to 17.example is to be accepted and is not.</summary>
    private static string Many(int count)
    {
        var text = new StringBuilder("""
            name: many
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: /CN=my-ca } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca, trusts: [ca] } }
              amy: { client: { subject: /CN=amy, issuer: ca, trusts: [ca] } }
            connections:

            """.ReplaceLineEndings("\n"));
        for (int number = 1; number <= count; number++)
        {
            string expected = number == 17 ? "" : ", expect: rejected, because: name-mismatch";
            text.Append($"  - {{ from: amy, to: bob, tls: 1.3, host: {number}.example{expected} }}\n");
        }

        return text.ToString();
    }
}
