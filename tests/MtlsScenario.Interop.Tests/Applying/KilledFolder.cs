using System.Globalization;
using System.Runtime.Versioning;
using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Revocation;
using MtlsScenario.Tool;
using MtlsScenario.Tool.Context;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>A folder in which processes are killed at work, and the folders as they are before: empty, and complete.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class KilledFolder : IDisposable
{
    private const string Scenario = """
        name: killed
        defaults: { key: ec-p256 }
        authorities:
          root: { subject: /CN=root }
          issuing: { subject: /CN=issuing, issuer: root }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: issuing, revocation: crl, formats: [p12, truststore, pem, der, traditional, encrypted, p7b, kubernetes] } }
          amy: { client: { subject: /CN=amy-client, issuer: issuing, trusts: [root, issuing] } }
          device: { replicas: 3, client: { subject: "/CN=device-{n}", issuer: issuing, serial: "{n}", revoked: { of: [2], reason: keyCompromise } } }
        connections: [amy -> bob, "device[1] -> bob"]
        """;

    private static readonly string _withoutFormats = Scenario.Replace(", formats: [p12, truststore, pem, der, traditional, encrypted, p7b, kubernetes]", "", StringComparison.Ordinal);

    /// <summary>
    /// The calls that change what is on disk, or whose it is, with how often one thread makes them at most: between two of
    /// them nothing changes.
    /// </summary>
    private static readonly (string Calls, int Most)[] _calls =
    [
        ("rename,renameat", 24), ("renameat2", 16), ("renameat2", 4), ("pwrite64", 32), ("fsync", 12), ("mkdir,mkdirat", 6),
        ("fchmod,chmod,fchmodat,fchown", 6), ("sync_file_range", 16), ("unlink,unlinkat,rmdir", 3), ("syncfs", 1),
    ];

    /// <summary>In the names of files that hold the key of another.</summary>
    private static readonly string[] _otherKeys = [".encrypted.", ".traditional.", ".key.der"];

    private const int KilledExitCode = 128 + 9;

    private static readonly string _tool =
        Environment.GetEnvironmentVariable("MTLS_SCENARIO_BINARY") is { Length: > 0 } binary ? binary : Path.Combine(AppContext.BaseDirectory, "mtls-scenario");

    private readonly string _root = Directory.CreateTempSubdirectory("mtls-scenario-killed-").FullName;
    private string _scenario = "flat";

    /// <summary>What came of all so far.</summary>
    public KilledFigures Figures { get; } = new();

    /// <summary>The folder of the certificates.</summary>
    public string Certificates => Own("killed");

    private string ScenarioFile => $"{_scenario}.yaml";

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>A path outside of the folder, on the same file system.</summary>
    public string Own(string name) => Path.Combine(_root, name);

    /// <summary>Where the key with that stem is.</summary>
    public string KeyOf(string stem) =>
        Path.Combine(Certificates, _scenario == "flat" ? "" : stem.Split('_')[0], stem + ".key");

    /// <summary>Makes the scenarios, their scripts, and what is complete of each.</summary>
    public async Task PrepareAsync()
    {
        foreach (string folders in new[] { "flat", "by-party" })
        {
            _scenario = folders;
            // The script works beside them on the keys and certificates alone.
            await File.WriteAllTextAsync(Own(ScenarioFile), $"{_withoutFormats}\nfolders: {folders}\n");
            Assert.Equal(ExitCode.Success, (await ToolAsync("script", ScenarioFile, "-o", $"{folders}.sh")).ExitCode);
            await File.WriteAllTextAsync(Own(ScenarioFile), $"{Scenario}\nfolders: {folders}\n");
            Assert.Equal(ExitCode.Success, (await ToolAsync("apply", ScenarioFile, "-d", $"complete-{folders}")).ExitCode);
        }
    }

    /// <summary>Puts the folder into the state that a run finds.</summary>
    public void Begin(string scenario, bool isFresh)
    {
        _scenario = scenario;
        if (Directory.Exists(Certificates))
        {
            Directory.Delete(Certificates, recursive: true);
        }

        string complete = Own($"complete-{scenario}");
        foreach (string path in isFresh ? [] : Directory.EnumerateFiles(complete, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(Certificates, Path.GetRelativePath(complete, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!, (UnixFileMode)0b111_000_000);
            File.Copy(path, target);
        }
    }

    /// <summary>The content of every private key, by path, put aside or not; what a script has for itself is not counted.</summary>
    public Dictionary<string, string> Keys()
    {
        Dictionary<string, string> keys = Files()
            .Where(path => Path.GetFileName(path) is var name && name.Contains(".key", StringComparison.Ordinal) && !_otherKeys.Any(part => name.Contains(part, StringComparison.Ordinal)))
            .ToDictionary(path => path, File.ReadAllText, StringComparer.Ordinal);
        Figures.Keys += keys.Count;
        return keys;
    }

    /// <summary>Who is on the CRLs of the folder, by the key that signed them.</summary>
    public HashSet<string> Revoked() =>
    [
        .. Files().Where(path => path.EndsWith(".crl", StringComparison.Ordinal)).SelectMany(path => ParsedCrl.ReadAll(File.ReadAllBytes(path)))
            .SelectMany(crl => crl!.Entries, (crl, entry) => $"{Convert.ToHexString(crl!.AuthorityKeyIdentifier!.Value.Span)} {entry.SerialNumber}"),
    ];

    /// <summary>The files of the folder, but for those that are being written.</summary>
    public IEnumerable<string> Files() => Directory.Exists(Certificates)
        ? Directory.EnumerateFiles(Certificates, "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/.mtls-scenario.", StringComparison.Ordinal))
        : [];

    /// <summary>Applies, and is killed at a call that changes something: at the first, the second and so on of its kind by any thread.</summary>
    /// <returns>False where it got to its end before, or was refused.</returns>
    public async Task<bool> ApplyKilledAsync(Random random, string[] arguments)
    {
        (string calls, int most) = _calls[random.Next(_calls.Length)];
        string kill = string.Create(CultureInfo.InvariantCulture, $"inject={calls}:signal=KILL:when={random.Next(1, most + 1)}");
        BufferedCommandResult run = await RunAsync(
            "strace", ["-f", "-qq", "-o", "/dev/null", "-e", $"trace={calls}", "-e", kill, _tool, "apply", ScenarioFile, "-d", "killed", .. arguments]);
        if (run.ExitCode == 3)
        {
            // The second where the script's key and certificate came between two looks of the one run.
            Assert.Matches(" while this ran; it is left as it is|, which it signed, is there", run.StandardError);
            Figures.Refused++;
        }
        else
        {
            Assert.True(run.ExitCode is 0 or KilledExitCode, $"{run.ExitCode}: {run.StandardError}");
            Figures.Killed += run.ExitCode == 0 ? 0 : 1;
        }

        return run.ExitCode == KilledExitCode;
    }

    /// <summary>Runs the script on the same folder, and kills it and its openssl after some time.</summary>
    public async Task RunScriptAsync(int milliseconds)
    {
        Figures.Scripts++;
        string after = (milliseconds / 1000.0).ToString(CultureInfo.InvariantCulture);
        await RunAsync("timeout", "-s", "KILL", after, "sh", $"{_scenario}.sh", "killed");
    }

    /// <summary>Whether there is nothing to do.</summary>
    public async Task<bool> IsInStepAsync() =>
        (await ToolAsync("plan", ScenarioFile, "-d", "killed", "--check")).ExitCode == ExitCode.Success;

    /// <summary>Lets a run get to its end, which must bring all in step.</summary>
    public async Task CompleteAsync(string what)
    {
        (ExitCode exitCode, string error) = await ToolAsync("apply", ScenarioFile, "-d", "killed");
        Assert.True(exitCode == ExitCode.Success, $"{what}: {error}");
        Assert.True(await IsInStepAsync(), what);
    }

    private async Task<(ExitCode ExitCode, string Error)> ToolAsync(params string[] arguments)
    {
        using var error = new StringWriter();
        var context = new ToolContext
        {
            Output = TextWriter.Null,
            Error = error,
            Input = Stream.Null,
            Time = TimeProvider.System,
            WorkingDirectory = _root,
            Environment = _ => null,
        };
        return (await CommandRunner.RunAsync(context, arguments, CancellationToken.None), error.ToString());
    }

    private async Task<BufferedCommandResult> RunAsync(string program, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        return await Cli.Wrap(Needs.Program(program))
            .WithArguments(arguments)
            .WithWorkingDirectory(_root)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(limit.Token);
    }
}
