using System.Globalization;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Serving;
using MtlsScenario.Interop.Tests.Stacks;
using MtlsScenario.Model;
using MtlsScenario.Reconciling;
using MtlsScenario.Rollouts;
using MtlsScenario.Tool;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Reporting;
using MtlsScenario.Tool.Trials;
using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Rollouts;

/// <summary>The layouts that ship in which one root takes the place of another: what is said of them, and what happens to servers that run.</summary>
public sealed class RootRotationTests(ITestOutputHelper output) : IDisposable
{
    private const int Steps = 3;

    /// <summary>
    /// Runs what <c>config</c> prints for Node; at SIGHUP reads it anew, and has the server that runs take the context of the one that it would
    /// make.
    /// </summary>
    private const string Reloading = """
        const https = require('https');
        const create = https.createServer;
        let server;
        https.createServer = (options, answer) => {
          if (!server) return server = create(options, answer);
          server.setSecureContext(options);
          console.log('took up what is new');
          return { on() { return this; }, listen() { return this; } };
        };
        const program = require.resolve('./server.js');
        process.on('SIGHUP', () => { delete require.cache[program]; require(program); });
        require('fs').writeFileSync('node.pid', `${process.pid}`);
        require(program);
        """;

    private static readonly string[] _servers = ["serve", "nginx", "node"];

    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("dotnet")]
    [InlineData("openssl")]
    [InlineData("node")]
    public async Task From_step_to_step_any_order_will_do_and_over_two_or_three_at_once_none(string stack)
    {
        Stack.Needed(stack);
        await using var finder = new StackSelector(Stack.Context(_folder.Root));
        StackSelection played = await finder.FindAsync(new StackRequest { Stacks = [PeerKindNames.All.First(peer => peer.Word == stack).Value] }, CancellationToken.None);
        foreach ((int from, int to) in from one in Enumerable.Range(0, Steps) from other in Enumerable.Range(one + 1, Steps - one) select (one, other))
        {
            using var old = LayoutState.Of(ScenarioLoader.Load(FileOf(from)), new("/nowhere"), DateTimeOffset.UtcNow, CancellationToken.None);
            using LayoutState made = old.Then(ScenarioLoader.Load(FileOf(to)), null, new ReconciliationOptions(), DateTimeOffset.UtcNow, CancellationToken.None);
            RolloutResult result = await new Rollout(old, made, played.Choices).RunAsync(() => { }, CancellationToken.None);
            string[] constraints = [.. result.Constraints.Select(one => $"{one.Before} before {one.After}: {RolloutReport.Ending(one.Broken.Result).Split(" by ")[0]} ({one.Broken.Result.Stack})")];

            // Both mixed states, on two versions of TLS.
            Assert.Equal((4, to == from + 1 ? "bob amy" : ""), (result.Mixed, string.Join(" | ", result.Waves.Select(wave => string.Join(' ', wave)))));
            Assert.Equal(to == from + 1 ? [] : [$"amy before bob: rejected ({stack})", $"bob before amy: rejected ({stack})"], constraints.Order(StringComparer.Ordinal));
            Assert.All(result.Constraints, one => Assert.EndsWith(": unknown-issuer", RolloutReport.Ending(one.Broken.Result), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task In_three_steps_servers_that_run_lose_no_call_and_in_one_they_do()
    {
        Needs.Programs("nginx", "node");
        int[] ports = FreePort.Take(3);
        await ApplyAsync(0, ports);
        await using ToolServer serve = await ToolServer.StartAsync(_folder, "serve", "serve.yaml", "bob", "-d", "certs");
        await using RunningProgram nginx = await ServerRunner.StartNginxAsync(_folder.Root, ports[1], "include server.conf;");
        _folder.Write("reloading.js", Reloading);
        await using RunningProgram node = await RunningProgram.StartServerAsync(_folder.Root, ports[2], "node", "reloading.js");
        await using SteadyCaller first = new(ports[0], FilesOfAmy()), second = new(ports[1], FilesOfAmy()), third = new(ports[2], FilesOfAmy());
        SteadyCaller[] callers = [first, second, third];
        Task MoreAsync() => Task.WhenAll(callers.Select(caller => caller.MoreAsync(20)));
        void Change() => Array.ForEach(callers, caller => caller.Use(FilesOfAmy()));
        int told = 0;
        async Task ReloadAsync()
        {
            told++;
            await Shell.SucceedAsync(_folder.Root, "nginx -p . -c nginx.conf -e stderr -s reload && kill -HUP $(cat node.pid)");
            await nginx.WaitUntilSaidAsync("exited with code 0", told);
            await node.WaitUntilSaidAsync("took up what is new", told);
        }

        await MoreAsync();
        for (int step = 1; step <= Steps; step++)
        {
            // Within a step any order will do: once the caller comes first. Serve takes up what is new as soon as it is there.
            await ApplyAsync(step, ports);
            if (step == 2)
            {
                Change();
                await MoreAsync();
            }

            await ReloadAsync();
            await MoreAsync();
            Change();
            await MoreAsync();
            Assert.All(callers, caller => Assert.Empty(caller.Lost));
            Assert.All(callers, caller => Assert.Equal(step == 1 ? "CN=my-ca" : "CN=my-ca-2", caller.Issuer));
        }

        output.WriteLine(string.Join("; ", callers.Select(caller => string.Create(CultureInfo.InvariantCulture, $"{caller.Answered} answered, {caller.Lost.Count} lost"))));

        // The way back at once: those who call would have noticed.
        await ApplyAsync(0, ports);
        await ReloadAsync();
        await Task.WhenAll(callers.Select(caller => caller.UntilLostAsync()));
    }

    [Fact]
    public async Task What_it_prints_is_as_the_schema_says()
    {
        _folder.Write("wrong.yaml", (await File.ReadAllTextAsync(FileOf(0))).Replace("- amy -> bob", "- { from: amy, to: bob, host: elsewhere.example }", StringComparison.Ordinal));
        foreach (int step in new[] { 0, 1 })
        {
            _folder.Write($"odd-{step}.yaml", (await File.ReadAllTextAsync(FileOf(step))).Replace("ec-p256", "ed25519", StringComparison.Ordinal));
        }

        (string From, string To, ExitCode ExitCode)[] cases =
        [
            (FileOf(0), FileOf(1), ExitCode.Success), (FileOf(0), FileOf(3), ExitCode.CheckFailed),
            (FileOf(0), "wrong.yaml", ExitCode.CheckFailed), ("odd-0.yaml", "odd-1.yaml", ExitCode.Environment),
        ];
        foreach ((int index, (string from, string to, ExitCode expected)) in cases.Index())
        {
            string[] command = ["rollout", from, to, "--json", "--stack", "dotnet", "--for", "bob=nginx", "-o", $"said-{index}.json"];
            Assert.Equal(expected, await CommandRunner.RunAsync(Stack.Context(_folder.Root), command, CancellationToken.None));
        }

        Assert.Empty(await Running.JsonSchemas.RefusedAsync(_folder, "rollout", [.. cases.Index().Select(one => $"said-{one.Index}.json")]));
        _folder.Write("empty.json", "{}");
        Assert.Equal(["empty.json"], await Running.JsonSchemas.RefusedAsync(_folder, "rollout", "empty.json"));
    }

    private static string FileOf(int step) =>
        Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(Applying.ShippedScenarios.FileOf("amy-bob"))!, "rollouts", "new-root")).Order(StringComparer.Ordinal).ElementAt(step);

    /// <summary>Makes the files of a step for all, and what the configurations of nginx and Node are then.</summary>
    private async Task ApplyAsync(int step, int[] ports)
    {
        string text = await File.ReadAllTextAsync(FileOf(step));
        foreach ((string name, int port) in _servers.Zip(ports))
        {
            // As an editor writes it, which does not tear what somebody reads.
            _folder.Write("new.yaml", text.Replace("localhost:3000", string.Create(CultureInfo.InvariantCulture, $"localhost:{port}"), StringComparison.Ordinal));
            File.Move(_folder.At("new.yaml"), _folder.At($"{name}.yaml"), overwrite: true);
        }

        string[][] commands =
        [
            ["apply", "serve.yaml", "-d", "certs"],
            ["config", "nginx.yaml", "bob", "--for", "nginx", "-d", _folder.At("certs"), "-o", "server.conf"],
            ["config", "node.yaml", "bob", "--for", "node", "-d", "certs", "-o", "server.js"],
        ];
        foreach (string[] command in commands)
        {
            Assert.Equal(ExitCode.Success, await CommandRunner.RunAsync(Stack.Context(_folder.Root), command, CancellationToken.None));
        }
    }

    /// <summary>Amy's files, as her configuration names them.</summary>
    private SteadyCaller.Files FilesOfAmy()
    {
        Scenario scenario = ScenarioLoader.Load(_folder.At("serve.yaml"));
        PartyReference amy = PartyReference.Read(scenario, "amy", out _)!;
        EndFiles files = new EndSettings(scenario, _folder.At("certs")).Client(amy, CallTargets.Of(scenario, amy).Single())!.Files;
        return SteadyCaller.Files.Read(files.Certificate, files.Key, files.Anchors!);
    }
}
