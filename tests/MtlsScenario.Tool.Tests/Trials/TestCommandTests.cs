using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace MtlsScenario.Tool.Tests.Trials;

public sealed class TestCommandTests : IDisposable
{
    private const string Scenario = """
        name: pair
        defaults: { key: ec-p256 }
        authorities:
          ca: { subject: /CN=pair-ca }
          other_ca: { subject: /CN=other-ca }
        parties:
          bob:
            server: { subject: /CN=localhost, issuer: ca, trusts: [ca] }
          amy:
            client: { subject: /CN=amy-client, issuer: ca, trusts: [ca] }
          mallory:
            client: { subject: /CN=amy-client, issuer: other_ca, trusts: [ca] }
        connections:
          - amy -> bob
          - { from: mallory, to: bob, expect: rejected, by: server, because: unknown-issuer }
          - { from: amy, to: bob, host: bob.example, tls: 1.3, expect: rejected, by: client, because: name-mismatch }

        """;

    private readonly WorkFolder _folder = new();

    public TestCommandTests() => _folder.Write("pair.yaml", Scenario);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_scenario_that_is_right_passes()
    {
        ToolRun run = await _folder.RunAsync("test", "pair.yaml");

        Assert.Equal("", run.Error);
        Assert.Equal(
            """
            pair, what would be issued:

            amy -> bob: accepted
              TLS 1.2, 1.3  dotnet  passed     accepted

            mallory -> bob: rejected by server: unknown-issuer
              TLS 1.2, 1.3  dotnet  passed     rejected by server: unknown-issuer
                                               PartialChain (CN=amy-client)

            amy -> bob, as bob.example: rejected by client: name-mismatch
              TLS 1.3       dotnet  passed     rejected by client: name-mismatch
                                               RemoteCertificateNameMismatch

            5 passed, 0 failed

            """.ReplaceLineEndings("\n"),
            run.Output);
        Assert.Equal(0, run.ExitCode);
        Assert.False(Directory.Exists(_folder.PathOf("pair")));
    }

    [Theory]
    [InlineData("- amy -> bob", "- { from: amy, to: bob, expect: rejected }", "accepted", "rejected by server")]
    [InlineData(", expect: rejected, by: server, because: unknown-issuer", "", "rejected by server: unknown-issuer", "accepted")]
    [InlineData("because: unknown-issuer", "because: expired", "rejected by server: unknown-issuer", "rejected by server: expired")]
    public async Task What_ends_otherwise_than_expected_fails_and_both_are_said(string right, string wrong, string was, string expected)
    {
        Assert.Contains(right, Scenario, StringComparison.Ordinal);
        _folder.Write("pair.yaml", Scenario.Replace(right, wrong, StringComparison.Ordinal));

        ToolRun run = await _folder.RunAsync("test", "pair.yaml");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"FAILED     {was}\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{was} expected: {expected} ", Unwrapped(run.Output), StringComparison.Ordinal);
        Assert.EndsWith("\n3 passed, 2 failed\n", run.Output, StringComparison.Ordinal);
    }

    /// <summary>He is let in: Bob trusts his CA. That he turns Bob away, of whose CA he does not know, must not hide it.</summary>
    [Theory]
    [InlineData("trusts: [ca, other_ca] }", "trusts: [other_ca] }", "by: server", "rejected by client: unknown-issuer (PartialChain (CN=localhost)); the client ended the connection, and what the server would make of it is not known. Where that is meant, write by: client")]
    [InlineData("trusts: [ca] }", "trusts: [ca] }", "by: client", "rejected by server: unknown-issuer (PartialChain (CN=amy-client)); the server ended the connection, and what the client would make of it is not known. Where that is meant, write by: server")]
    [InlineData("trusts: [ca] }", "trusts: [ca] }", "by: either, host: bob.example", "rejected by client: name-mismatch (RemoteCertificateNameMismatch); whether an end would reject for the reason that is expected is not known. Where that is meant, write by: client, because: name-mismatch")]
    public async Task Where_the_end_that_is_to_reject_did_not_judge_the_result_is_inconclusive_and_fails(
        string bobs, string mallorys, string by, string said)
    {
        _folder.Write("pair.yaml", Scenario
            .Replace("issuer: ca, trusts: [ca] }\n  amy:", $"issuer: ca, {bobs}\n  amy:", StringComparison.Ordinal)
            .Replace("issuer: other_ca, trusts: [ca] }", $"issuer: other_ca, {mallorys}", StringComparison.Ordinal)
            .Replace("rejected, by: server, because", $"rejected, {by}, because", StringComparison.Ordinal));

        ToolRun run = await _folder.RunAsync("test", "pair.yaml");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FAILED     inconclusive\n", run.Output, StringComparison.Ordinal);
        Assert.Contains(said, Unwrapped(run.Output), StringComparison.Ordinal);
        Assert.EndsWith("\n3 passed, 2 failed\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_a_server_lets_in_is_no_rejection_because_of_who_calls()
    {
        _folder.Write("pair.yaml", Scenario
            .Replace("issuer: ca, trusts: [ca] }\n  amy:", "issuer: ca, trusts: [ca, other_ca] }\n  amy:", StringComparison.Ordinal)
            .Replace("issuer: other_ca, trusts: [ca] }", "issuer: other_ca }", StringComparison.Ordinal)
            .Replace("rejected, by: server, because", "rejected, because", StringComparison.Ordinal));

        ToolRun run = await _folder.RunAsync("test", "pair.yaml");

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Contains("FAILED accepted expected: rejected by server: unknown-issuer", Unwrapped(run.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_of_a_folder_are_tried_whoever_made_them()
    {
        Assert.Equal(0, (await _folder.RunAsync("apply", "pair.yaml", "-d", "certs")).ExitCode);
        File.Copy(_folder.PathOf("certs/mallory_client.crt"), _folder.PathOf("certs/amy_client.crt"), overwrite: true);
        File.Copy(_folder.PathOf("certs/mallory_client.key"), _folder.PathOf("certs/amy_client.key"), overwrite: true);

        ToolRun run = await _folder.RunAsync("test", "pair.yaml", "-d", "certs", "-q");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("pair, what is in certs:\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n3 passed, 2 failed\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_tried_is_not_passed()
    {
        Assert.Equal(0, (await _folder.RunAsync("apply", "pair.yaml", "-d", "certs")).ExitCode);
        File.Delete(_folder.PathOf("certs/amy_client.key"));

        ToolRun run = await _folder.RunAsync("test", "pair.yaml", "-d", "certs");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("not tried  amy_client.key is missing\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n2 passed, 0 failed, 3 not tried\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            "error: of 3 handshakes nothing is known: they could not be tried\n  hint: the result says why, for each\n"
            + "warning: certs is not in step with the scenario: plan would make 1 certificate anew\n"
            + "  hint: mtls-scenario plan pair.yaml -d certs says why; --issue tries what would be issued\n",
            run.Error);
    }

    [Fact]
    public async Task Where_neither_dotnet_nor_an_openssl_can_nothing_is_known()
    {
        _folder.Write("pair.yaml", Scenario.Replace("key: ec-p256", "key: ed25519", StringComparison.Ordinal));

        ToolRun run = await _folder.RunInProcessAsync(new InProcessSetup(), "test", "pair.yaml");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("not tried  .NET cannot use Ed25519 keys in TLS\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n0 passed, 0 failed, 5 not tried\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_was_asked_for_and_is_not_there_is_an_error_and_all_says_what_is_not()
    {
        ToolRun named = await _folder.RunInProcessAsync(new InProcessSetup(), "test", "pair.yaml", "--client", "curl");
        Assert.Equal(3, named.ExitCode);
        Assert.Equal("error: there is no curl that runs on this machine\n  hint: install it; --stack all tries what is installed\n", named.Error);

        ToolRun all = await _folder.RunInProcessAsync(new InProcessSetup(), "test", "pair.yaml", "--stack", "all");
        Assert.Equal(0, all.ExitCode);
        Assert.Contains("\nnot installed: openssl, node, curl", all.Output, StringComparison.Ordinal);
        Assert.Contains("  dotnet", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_as_JSON()
    {
        ToolRun run = await _folder.RunAsync("test", "pair.yaml", "--json");

        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal((5, 0, 0), (json.GetProperty("passed").GetInt32(), json.GetProperty("failed").GetInt32(), json.GetProperty("notTried").GetInt32()));
        JsonElement rejected = json.GetProperty("results").EnumerateArray().Single(result => result.GetProperty("host").GetString() == "bob.example");
        Assert.Equal(
            ("amy", "bob", "1.3", "dotnet", "passed"),
            (Text(rejected, "from"), Text(rejected, "to"), Text(rejected, "tls"), Text(rejected, "stack"), Text(rejected, "status")));
        JsonElement actual = rejected.GetProperty("actual");
        Assert.Equal(("rejected", "client", "name-mismatch"), (Text(actual, "outcome"), Text(actual, "by"), Text(actual, "because")));
        Assert.Equal("RemoteCertificateNameMismatch", Text(rejected, "said"));
    }

    [Fact]
    public async Task The_result_for_a_CI_server()
    {
        _folder.Write("pair.yaml", Scenario.Replace("because: unknown-issuer", "because: expired", StringComparison.Ordinal));

        ToolRun run = await _folder.RunAsync("test", "pair.yaml", "--junit", "results.xml", "-o", "results.txt");

        Assert.Equal((1, "", ""), (run.ExitCode, run.Output, run.Error));
        Assert.Contains("3 passed, 2 failed", _folder.Read("results.txt"), StringComparison.Ordinal);
        XElement suite = XDocument.Parse(_folder.Read("results.xml")).Root!.Element("testsuite")!;
        Assert.Equal(("pair", "5", "2", "0", "0"), (Attribute(suite, "name"), Attribute(suite, "tests"), Attribute(suite, "failures"), Attribute(suite, "errors"), Attribute(suite, "skipped")));
        Assert.Equal(
            ["amy -> bob, TLS 1.2, dotnet", "amy -> bob, TLS 1.3, dotnet", "mallory -> bob, TLS 1.2, dotnet", "mallory -> bob, TLS 1.3, dotnet", "amy -> bob, as bob.example, TLS 1.3, dotnet"],
            suite.Elements("testcase").Select(test => Attribute(test, "name")));
        XElement failure = Assert.Single(suite.Elements("testcase").ElementAt(2).Elements());
        Assert.Equal("failure", failure.Name.LocalName);
        Assert.Equal("expected: rejected by server: expired; it was: rejected by server: unknown-issuer", Attribute(failure, "message"));
    }

    [Fact]
    public async Task Replicas_that_end_alike_are_one_row()
    {
        _folder.Write("fleet.yaml", Scenario.Replace("mallory:\n", "mallory:\n    replicas: 20\n", StringComparison.Ordinal)
            .Replace("from: mallory", "from: \"mallory[*]\"", StringComparison.Ordinal)
            .Replace("client: { subject: /CN=amy-client, issuer: other_ca", "client: { subject: \"/CN=m-{n}\", issuer: other_ca", StringComparison.Ordinal));

        ToolRun run = await _folder.RunAsync("test", "fleet.yaml");

        Assert.Equal("", run.Error);
        Assert.Contains("mallory[1] -> bob, mallory[2] -> bob, mallory[3] -> bob and 17 more", Unwrapped(run.Output), StringComparison.Ordinal);
        Assert.EndsWith("\n43 passed, 0 failed\n", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [InlineData("error: --stack curl and --client node exclude each other\n  hint: curl is a client only\n", "--stack", "curl", "--client", "node")]
    [InlineData("error: --stack nginx and --server node exclude each other\n  hint: nginx is a server only\n", "--stack", "nginx", "--server", "node")]
    [InlineData("error: --stack, --client and --server exclude each other\n  hint: --client and --server say already what plays\n", "--stack", "all", "--client", "node", "--server", "node")]
    [InlineData("error: --server: \"curl\" is not valid\n  hint: one of dotnet, openssl, node, nginx, java, go, python is expected\n", "--server", "curl")]
    public async Task Options_that_contradict_each_other_are_an_error(string message, params string[] options)
    {
        ToolRun run = await _folder.RunAsync(["test", "pair.yaml", .. options]);
        Assert.Equal((2, message, ""), (run.ExitCode, run.Error, run.Output));
    }

    [Fact]
    public async Task A_scenario_without_connections_is_no_success()
    {
        _folder.Write("pair.yaml", Scenario[..Scenario.IndexOf("connections:", StringComparison.Ordinal)]);
        ToolRun run = await _folder.RunAsync("test", "pair.yaml");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error: pair has no connections, so there is nothing to try\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_watches_a_file_and_not_standard_input()
    {
        ToolRun run = await _folder.RunWithInputAsync(Scenario, "test", "-", "--watch");
        Assert.Equal((2, "error: --watch needs a file\n  hint: standard input is read once\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task It_tries_again_when_the_scenario_changes_until_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        Task<ToolRun> watching = _folder.RunInProcessAsync(
            new InProcessSetup { Cancellation = cancellation.Token }, "test", "pair.yaml", "--watch", "--junit", "results.xml");
        await UntilAsync(() => Contains("failures=\"0\""));
        _folder.Write("pair.yaml", "name: [");
        _folder.Write("pair.yaml", Scenario.Replace("because: unknown-issuer", "because: expired", StringComparison.Ordinal));
        await UntilAsync(() => Contains("failures=\"2\""));
        await cancellation.CancelAsync();

        ToolRun run = await watching;
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("waiting for pair.yaml to change; Ctrl-C ends this\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("5 passed, 0 failed\n", run.Output, StringComparison.Ordinal);

        async Task UntilAsync(Func<bool> isSo)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!isSo() && !watching.IsCompleted)
            {
                await timer.WaitForNextTickAsync(cancellation.Token);
            }
        }

        bool Contains(string text) =>
            File.Exists(_folder.PathOf("results.xml")) && _folder.Read("results.xml").Contains(text, StringComparison.Ordinal);
    }

    private static string Unwrapped(string output) => string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string? Attribute(XElement element, string name) => element.Attribute(name)?.Value;
}
