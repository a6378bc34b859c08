using System.Diagnostics;
using System.Runtime.Versioning;
using CliWrap;
using MtlsScenario.Issuance;
using MtlsScenario.Tool;
using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>Kills real processes (SIGKILL) at random moments.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KilledApplyTests(ITestOutputHelper output) : IDisposable
{
    private const int Runs = 200;

    private const string Scenario = """
        name: killed
        defaults: { key: ec-p256 }
        folders: by-party
        authorities:
          root: { subject: /CN=root }
          issuing: { subject: /CN=issuing, issuer: root }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: issuing } }
          amy: { client: { subject: /CN=amy-client, issuer: issuing, trusts: [root, issuing] } }
          device: { replicas: 20, client: { subject: "/CN=device-{n}", issuer: issuing, serial: "{n}" } }
        connections: [amy -> bob, device -> bob]
        """;

    private static readonly string[][] _commands =
    [
        ["apply", "killed.yaml"],
        ["apply", "killed.yaml", "--renew"],
        ["apply", "killed.yaml", "--new-key", "bob_server"],
        ["apply", "killed.yaml", "--new-key", "all"],
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("mtls-scenario-killed-").FullName;

    private string Certificates => Path.Combine(_folder, "killed");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Whenever_it_is_killed_nothing_is_lost_and_the_next_run_completes()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "killed.yaml"), Scenario);
        var watch = Stopwatch.StartNew();
        Assert.False(await WasKilledAsync(["apply", "killed.yaml"], TimeSpan.FromMinutes(1)));
        int longest = (int)watch.ElapsedMilliseconds;
        var random = new Random(20261124);
        int killed = 0;
        int killedAtWork = 0;
        for (int run = 0; run < Runs; run++)
        {
            string[] command = _commands[run % _commands.Length];
            if (command is ["apply", _])
            {
                // All the other commands find work in a folder that is complete.
                Directory.Delete(Certificates, recursive: true);
            }

            Dictionary<string, string> before = Keys();
            watch.Restart();
            if (await WasKilledAsync(command, TimeSpan.FromMilliseconds(random.Next(longest / 2, longest * 5 / 4))))
            {
                killed++;
                killedAtWork += await RunAsync("plan", "killed.yaml", "--check") == 0 ? 0 : 1;
            }
            else
            {
                // The runs before were slowed down by other tests.
                longest = Math.Min(longest, (int)watch.ElapsedMilliseconds);
            }

            AssertNothingIsLost(before, command);
            AssertNothingIsHalfWritten();
            Dictionary<string, string> between = Keys();

            Assert.Equal(0, await RunAsync("apply", "killed.yaml"));

            Assert.Equal(0, await RunAsync("plan", "killed.yaml", "--check"));
            Assert.All(between, key => Assert.Equal(key.Value, Keys().GetValueOrDefault(key.Key)));
            Assert.Empty(Directory.GetFiles(_folder, "*.tmp", SearchOption.AllDirectories));
        }

        output.WriteLine($"{killed} of {Runs} runs were killed, {killedAtWork} of them with work left to do");

        // If the moments were badly chosen, the test has shown nothing.
        Assert.InRange(killedAtWork, Runs / 10, Runs);
    }

    private async Task<bool> WasKilledAsync(string[] arguments, TimeSpan after)
    {
        using var kill = new CancellationTokenSource(after);
        try
        {
            CommandResult result = await Cli.Wrap(Path.Combine(AppContext.BaseDirectory, "mtls-scenario"))
                .WithArguments(arguments)
                .WithWorkingDirectory(_folder)
                .ExecuteAsync(kill.Token);
            Assert.Equal(0, result.ExitCode);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private async Task<int> RunAsync(params string[] arguments)
    {
        using var error = new StringWriter();
        var context = new ToolContext
        {
            Output = TextWriter.Null,
            Error = error,
            Input = Stream.Null,
            Time = TimeProvider.System,
            WorkingDirectory = _folder,
            Environment = _ => null,
        };
        ExitCode exitCode = await CommandRunner.RunAsync(context, arguments, CancellationToken.None);
        Assert.True(exitCode is ExitCode.Success or ExitCode.CheckFailed, error.ToString());
        return (int)exitCode;
    }

    /// <summary>The content of every private key, by path, put aside or not.</summary>
    private Dictionary<string, string> Keys() => !Directory.Exists(Certificates)
        ? []
        : Directory.EnumerateFiles(Certificates, "*.key*", SearchOption.AllDirectories)
            .ToDictionary(path => path, File.ReadAllText, StringComparer.Ordinal);

    private void AssertNothingIsLost(Dictionary<string, string> before, string[] command)
    {
        Dictionary<string, string> now = Keys();
        bool MayBeReplaced(string path) => command is [.., "--new-key", var stem]
            && (stem == "all" || Path.GetFileName(path) == $"{stem}.key");
        Assert.All(before, key => Assert.True(
            now.GetValueOrDefault(key.Key) == key.Value || (MayBeReplaced(key.Key) && now.ContainsValue(key.Value)),
            $"{key.Key} is lost"));
    }

    private void AssertNothingIsHalfWritten()
    {
        if (!Directory.Exists(Certificates))
        {
            return;
        }

        foreach (string path in Directory.EnumerateFiles(Certificates, "*", SearchOption.AllDirectories))
        {
            byte[] content = File.ReadAllBytes(path);
            if (path.EndsWith(".crt", StringComparison.Ordinal))
            {
                Assert.True(ParsedCertificate.TryRead(content, out _), path);
            }
            else if (path.EndsWith(".key", StringComparison.Ordinal))
            {
                using PrivateKey key = Assert.IsType<KeyReadResult.Read>(PrivateKey.ReadPem(content)).Key;
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        }
    }
}
