using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Library;

/// <summary>The commands of the READMEs, run with the tool that was built, and what is shown below them.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class ReadmeExampleTests
{
    /// <summary>What is not run here, and why not.</summary>
    private static readonly Dictionary<string, string> _notRun = new(StringComparer.Ordinal)
    {
        ["README.md: dotnet pack -o packages"] = "it installs for the user; PackedToolTests packs, installs and runs the tool in a place of its own",
        ["README.md: mtls-scenario apply scenarios/amy-bob.yaml"] = "it listens on the article's port; ArticleTests does the same on a free one",
        ["README.md: mtls-scenario probe scenarios/amy-bob.yaml amy localhost:8443"] = "it calls a server, right and wrong; ProbeTests probes both of nginx",
        ["src/MtlsScenario.Tool/README.md: mtls-scenario serve amy-bob.yaml bob"] = "it runs until Ctrl-C; ArticleTests and PipeAndSignalTests serve",
        ["src/MtlsScenario.Tool/README.md: mtls-scenario call amy-bob.yaml amy"] = "it calls the server of the example before; ArticleTests calls",
        ["src/MtlsScenario.Tool/README.md: mtls-scenario probe amy-bob.yaml amy https://localhost:8443"] = "it calls a server that is wrong; ProbeTests probes several",
        ["src/MtlsScenario.Tool/README.md: mtls-scenario serve amy-bob.yaml bob --faults --run 'curl --cacert {ca} --cert {cert} --key {key} {url}'"] = "it takes a minute; ClientFaultTests judges curl",
        ["tests/README.md: sh tests/run.sh"] = "it runs this test",
        ["tests/README.md: dotnet run -c Release --project tests/MtlsScenario.Benchmarks"] = "it measures for minutes",
    };

    /// <summary>What is shown to end otherwise than with 0.</summary>
    private static readonly Dictionary<string, int> _exitCodes = new(StringComparer.Ordinal)
    {
        ["mtls-scenario rollout 0-before.yaml 3-trust-new.yaml --steps steps"] = 1,
    };

    /// <summary>What was done before what a README shows.</summary>
    private static readonly Dictionary<string, string> _before = new(StringComparer.Ordinal)
    {
        ["README.md: ls amy-bob"] = "mtls-scenario apply scenarios/amy-bob.yaml",
        ["src/MtlsScenario.Tool/README.md: openssl rand -hex 32 > seed"] = "cp scenarios/amy-bob.yaml .",
        ["src/MtlsScenario.Tool/README.md: mtls-scenario import pki -o pki.yaml         # by easy-rsa, cfssl, mkcert, certtool, openssl ..."] = "mtls-scenario apply scenarios/amy-bob.yaml -d pki",
        ["src/MtlsScenario.Tool/README.md: mtls-scenario plan amy-bob.yaml"] = """
            mtls-scenario apply scenarios/amy-bob.yaml
            sed 's/listen: localhost:3000/names: [localhost, 127.0.0.1]/' scenarios/amy-bob.yaml > amy-bob.yaml
            """,
        ["src/MtlsScenario.Tool/README.md: mtls-scenario show scenarios/amy-bob.yaml"] = "mtls-scenario apply scenarios/amy-bob.yaml",
        ["src/MtlsScenario.Tool/README.md: mtls-scenario report scenarios/amy-bob.yaml -o amy-bob.html"] = "mtls-scenario apply scenarios/amy-bob.yaml",
    };

    public static TheoryData<string> Run => [.. ReadmeExample.All.Select(example => example.Name).Where(name => !_notRun.ContainsKey(name))];

    [Theory]
    [MemberData(nameof(Run))]
    public async Task A_README_shows_what_one_gets(string name)
    {
        if (name.Contains(" script ", StringComparison.Ordinal) || name.Contains(" openssl ", StringComparison.Ordinal))
        {
            Needs.Program("openssl");
        }

        using var folder = new ToolFolder();
        Directory.CreateSymbolicLink(folder.At("scenarios"), Path.GetDirectoryName(ShippedScenarios.FileOf("amy-bob"))!);
        if (_before.TryGetValue(name, out string? before))
        {
            Assert.Equal(0, (await RunAsync(folder, before)).ExitCode);
        }

        foreach ((string typed, string? shown) in ReadmeExample.All.Single(example => example.Name == name).Commands)
        {
            BufferedCommandResult run = await RunAsync(folder, typed);
            Assert.True(run.ExitCode == _exitCodes.GetValueOrDefault(typed), $"{typed}: {run.ExitCode}\n{run.StandardOutput}");
            if (shown is not null)
            {
                Assert.Matches(PatternOf(shown), WithoutWhatVaries(run.StandardOutput));
            }
        }
    }

    [Fact]
    public void All_that_is_said_of_an_example_is_said_of_one_that_is_there()
    {
        string[] names = [.. ReadmeExample.All.Select(example => example.Name)];
        Assert.Equal(names.Distinct(), names);
        Assert.Empty(_notRun.Keys.Concat(_before.Keys).Except(names));
        Assert.Empty(_notRun.Keys.Intersect(_before.Keys));
    }

    /// <summary>Runs what is typed; what comes from either output is in the first, as on a terminal.</summary>
    private static Task<BufferedCommandResult> RunAsync(ToolFolder folder, string typed)
    {
        string command = typed.Replace("dotnet run --project src/MtlsScenario.Tool --", "mtls-scenario", StringComparison.Ordinal);
        return Shell.RunAsync(folder.Root, $$"""
            set -e
            exec 2>&1
            PATH="{{AppContext.BaseDirectory}}:$PATH"
            ls() { COLUMNS=120 command ls -C -T 0 "$@"; }
            {{command}}
            """);
    }

    /// <summary>What is shown, to be found in what one gets; a line with an ellipsis alone stands for any lines.</summary>
    private static string PatternOf(string shown) =>
        @"\A" + string.Concat(WithoutWhatVaries(shown).TrimEnd('\n').Split('\n').Select(line =>
            line == "…" ? "(?:.*\n)*?" : line.Length == 0 && shown.Length == 0 ? "" : Regex.Escape(line) + "\n")) + @"\z";

    private static string WithoutWhatVaries(string text) => Varying().Replace(text, "~");

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z|0x[0-9A-F]+|(?<=OpenSSL )[0-9.]+[a-z]?|[0-9]+(?= days left)")]
    private static partial Regex Varying();
}
