using System.Globalization;
using System.Runtime.Versioning;
using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>A fleet that takes some seconds, for its keys are slow to make: it can be watched, and ended with Ctrl-C.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FleetTests : IDisposable
{
    private const int ThenEnded = 200;

    private const string Scenario = """
        name: fleet
        defaults: { key: ec-p384, request: false }
        authorities: { ca: { subject: /CN=fleet-ca } }
        parties: { device: { replicas: 4000, client: { subject: "/CN=device-{n}", issuer: ca, trusts: [ca] } } }
        """;

    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtls-scenario-fleet-");

    public FleetTests() => File.WriteAllText(Path.Combine(_folder.FullName, "fleet.yaml"), Scenario);

    private string Certificates => Path.Combine(_folder.FullName, "fleet");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Ctrl_C_ends_it_in_good_order_and_the_next_run_goes_on()
    {
        Directory.CreateDirectory(Certificates);
        using var kill = new CancellationTokenSource(_limit);
        using var watcher = new FileSystemWatcher(Certificates, "*.crt");
        var isUnderWay = new TaskCompletionSource();
        int made = 0;
        watcher.Renamed += (_, _) =>
        {
            if (Interlocked.Increment(ref made) == ThenEnded)
            {
                isUnderWay.SetResult();
            }
        };
        watcher.EnableRaisingEvents = true;
        string error = "";
        CommandTask<CommandResult> run = Tool("apply", "fleet.yaml")
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line => error += line))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(kill.Token);

        await isUnderWay.Task.WaitAsync(_limit);
        await Cli.Wrap(Needs.Program("kill")).WithArguments(["-INT", run.ProcessId.ToString(CultureInfo.InvariantCulture)]).ExecuteAsync();

        // What has not ended by then does not end in good order.
        CommandResult ended = await run.Task.WaitAsync(_limit);
        Assert.Equal(130, ended.ExitCode);
        Assert.Equal("error: cancelled", error);
        Assert.Empty(Directory.GetFiles(Certificates, "*.tmp"));
        Dictionary<string, string> keys = Directory.GetFiles(Certificates, "*.key").ToDictionary(path => path, File.ReadAllText, StringComparer.Ordinal);
        Assert.InRange(keys.Count, ThenEnded, 3_999);

        BufferedCommandResult next = await Tool("apply", "fleet.yaml").ExecuteBufferedAsync(kill.Token);

        Assert.Equal(0, next.ExitCode);
        Assert.Equal(4_001, Directory.GetFiles(Certificates, "*.crt").Length);
        Assert.All(keys, key => Assert.Equal(key.Value, File.ReadAllText(key.Key)));
    }

    [Fact]
    public async Task A_terminal_sees_how_far_it_has_come()
    {
        // `script` gives it a terminal, and what it shows there to us.
        string command = $"{ShellQuoting.Quote(Path.Combine(AppContext.BaseDirectory, "mtls-scenario"))} apply fleet.yaml > /dev/null";
        using var kill = new CancellationTokenSource(_limit);
        BufferedCommandResult shown = await Cli.Wrap(Needs.Program("script"))
            .WithArguments(["-qefc", command, "/dev/null"])
            .WithWorkingDirectory(_folder.FullName)
            .WithEnvironmentVariables(variables => variables.Set("TERM", "xterm"))
            .ExecuteBufferedAsync(kill.Token);

        Assert.Matches(@"[0-9,]+ of 4,001 certificates, [0-9,]+/s, 0:[0-9]{2}:[0-9]{2} left", shown.StandardOutput);
    }

    private Command Tool(params string[] arguments) => Cli.Wrap(Path.Combine(AppContext.BaseDirectory, "mtls-scenario"))
        .WithArguments(arguments)
        .WithWorkingDirectory(_folder.FullName);
}
