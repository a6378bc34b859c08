using Xunit;

namespace MtlsScenario.Tool.Tests.Trials;

/// <summary><c>test</c> tries what the other commands show and serve: what is in the scenario's folder, where it is.</summary>
public sealed class TriedFolderTests : IDisposable
{
    private const string Scenario = """
        name: pair
        defaults: { key: ec-p256 }
        authorities:
          ca: { subject: /CN=pair-ca }
        parties:
          bob:
            server: { subject: /CN=localhost, issuer: ca }
          amy:
            client: { subject: /CN=amy-client, issuer: ca }
        connections:
          - amy -> bob
        """;

    private const string NotInStep = "warning: ./pair is not in step with the scenario: plan would make 1 certificate anew\n"
        + "  hint: mtls-scenario plan pair.yaml says why; --issue tries what would be issued\n";

    private readonly WorkFolder _folder = new();

    public TriedFolderTests() => _folder.Write("pair.yaml", Scenario);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_folder_of_the_scenario_is_tried_where_it_exists()
    {
        Assert.Equal(0, (await _folder.RunAsync("apply", "pair.yaml")).ExitCode);
        await ForgeAsync();

        ToolRun run = await _folder.RunAsync("test", "pair.yaml");
        ToolRun issued = await _folder.RunAsync("test", "pair.yaml", "--issue");

        Assert.StartsWith("pair, what is in ./pair:\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("pair, what would be issued:\n", issued.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (issued.ExitCode, issued.Error));
    }

    [Fact]
    public async Task A_folder_that_is_not_in_step_is_a_warning_and_with_strict_a_failure()
    {
        Assert.Equal(0, (await _folder.RunAsync("apply", "pair.yaml")).ExitCode);
        ToolRun inStep = await _folder.RunAsync("test", "pair.yaml", "--strict");
        Assert.Equal((0, ""), (inStep.ExitCode, inStep.Error));

        _folder.Write("pair.yaml", Scenario.Replace("amy-client", "amy", StringComparison.Ordinal));
        ToolRun run = await _folder.RunAsync("test", "pair.yaml");
        ToolRun strict = await _folder.RunAsync("test", "pair.yaml", "--strict");
        ToolRun named = await _folder.RunAsync("test", "pair.yaml", "-d", "./pair", "--strict");

        Assert.Equal((0, NotInStep), (run.ExitCode, run.Error));
        Assert.Equal((1, NotInStep), (strict.ExitCode, strict.Error));
        Assert.Equal((1, NotInStep.Replace("pair.yaml says", "pair.yaml -d ./pair says", StringComparison.Ordinal)), (named.ExitCode, named.Error));
        Assert.EndsWith("\n2 passed, 0 failed\n", strict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_plan_would_write_without_a_certificate_and_what_is_in_its_way_are_said_too()
    {
        _folder.Write("pair.yaml", Scenario.Replace("amy-client", "a", StringComparison.Ordinal));
        Assert.Equal(0, (await _folder.RunAsync("apply", "pair.yaml")).ExitCode);
        File.Delete(_folder.PathOf("pair/amy_client.csr"));
        Assert.Contains("plan would write files, and no certificate anew", (await _folder.RunAsync("test", "pair.yaml")).Error, StringComparison.Ordinal);

        File.WriteAllText(_folder.PathOf("pair/ca.key"), "no key");
        ToolRun run = await _folder.RunAsync("test", "pair.yaml", "--strict");
        Assert.Contains("warning: ./pair is not in step with the scenario: ca.key is there and cannot be used", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task A_folder_with_none_of_the_scenarios_files_counts_as_none()
    {
        _folder.Write("pair/notes.txt", "mine");
        ToolRun run = await _folder.RunAsync("test", "pair.yaml");
        Assert.StartsWith("pair, what would be issued:\n", run.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));

        // What is provided lies there before anything is made.
        Assert.Equal(0, (await _folder.RunAsync("apply", "pair.yaml", "-d", "others")).ExitCode);
        foreach (string file in (string[])["ca.crt", "ca.key"])
        {
            File.Move(_folder.PathOf($"others/{file}"), _folder.PathOf($"pair/{file}"));
        }

        _folder.Write("pair.yaml", Scenario.Replace("{ subject: /CN=pair-ca }", "{ external: true }", StringComparison.Ordinal));
        run = await _folder.RunAsync("test", "pair.yaml");
        Assert.StartsWith("pair, what would be issued:\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);

        File.Move(_folder.PathOf("others/amy_client.key"), _folder.PathOf("pair/amy_client.key"));
        Assert.StartsWith("pair, what is in ./pair:\n", (await _folder.RunAsync("test", "pair.yaml")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_alone_makes_the_folder_the_scenarios()
    {
        _folder.Write("pair.yaml", Scenario.Replace("amy:\n", "amy:\n    replicas: 12\n", StringComparison.Ordinal));
        Assert.Equal(0, (await _folder.RunAsync("apply", "pair.yaml", "-d", "others")).ExitCode);
        string eleventh = Directory.GetFiles(_folder.PathOf("others"), "amy-11_client.key").Single();
        _folder.Write("pair/amy-11_client.key", File.ReadAllText(eleventh));

        Assert.StartsWith("pair, what is in ./pair:\n", (await _folder.RunAsync("test", "pair.yaml")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rsa-2048")]
    [InlineData("ec-p256")]
    [InlineData("ed25519")]
    public async Task A_key_that_is_not_its_certificates_is_found_before_the_handshake_and_named(string kind)
    {
        _folder.Write("pair.yaml", Scenario.Replace("ec-p256", kind, StringComparison.Ordinal));
        Assert.Equal(0, (await _folder.RunAsync("apply", "pair.yaml", "-d", "certs")).ExitCode);
        File.Copy(_folder.PathOf("certs/ca.key"), _folder.PathOf("certs/amy_client.key"), overwrite: true);


        ToolRun test = await _folder.RunAsync("test", "pair.yaml", "-d", "certs");
        ToolRun call = await _folder.RunAsync("call", "pair.yaml", "amy", "-d", "certs");
        File.Move(_folder.PathOf("certs/amy_client.key"), _folder.PathOf("certs/bob_server.key"), overwrite: true);
        ToolRun serve = await _folder.RunAsync("serve", "pair.yaml", "bob", "-d", "certs");

        Assert.Equal((3, 3, 3), (test.ExitCode, serve.ExitCode, call.ExitCode));
        Assert.Contains("not tried  amy_client.key is not the key of\n", test.Output, StringComparison.Ordinal);
        Assert.StartsWith("error: bob_server.key is not the key of bob_server.crt\n", serve.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: amy_client.key is not the key of amy_client.crt\n", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issuing_and_a_folder_exclude_each_other()
    {
        ToolRun run = await _folder.RunAsync("test", "pair.yaml", "--issue", "-d", "pair");
        Assert.Equal((2, "error: --issue and --dir exclude each other\n  hint: --issue tries no folder\n", ""), (run.ExitCode, run.Error, run.Output));
    }

    [Fact]
    public async Task Watching_issues_anew_until_the_folder_is_there()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        Task<ToolRun> watching = _folder.RunInProcessAsync(
            new InProcessSetup { Cancellation = cancellation.Token }, "test", "pair.yaml", "--watch", "--junit", "results.xml");
        await UntilTriedAsync("0");
        Assert.Equal(0, (await _folder.RunAsync("apply", "pair.yaml")).ExitCode);
        await ForgeAsync();
        await UntilTriedAsync("2");
        await cancellation.CancelAsync();

        string output = (await watching).Output;
        Assert.StartsWith("pair, what would be issued:\n", output, StringComparison.Ordinal);
        Assert.Contains("\npair, what is in ./pair:\n", output, StringComparison.Ordinal);

        async Task UntilTriedAsync(string failures)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!watching.IsCompleted && !HasFailures(failures))
            {
                await timer.WaitForNextTickAsync(cancellation.Token);
            }
        }

        bool HasFailures(string count) => File.Exists(_folder.PathOf("results.xml"))
            && _folder.Read("results.xml").Contains($"failures=\"{count}\"", StringComparison.Ordinal);
    }

    /// <summary>Puts a caller of another CA in the place of Amy.</summary>
    private async Task ForgeAsync()
    {
        Assert.Equal(0, (await _folder.RunAsync("apply", "pair.yaml", "-d", "forged")).ExitCode);
        foreach (string file in (string[])["amy_client.key", "amy_client.crt"])
        {
            File.Copy(_folder.PathOf($"forged/{file}"), _folder.PathOf($"pair/{file}"), overwrite: true);
        }
    }
}
