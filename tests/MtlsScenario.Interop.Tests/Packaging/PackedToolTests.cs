using System.IO.Compression;
using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace MtlsScenario.Interop.Tests.Packaging;

/// <summary>The packages, used as a user would use them.</summary>
public sealed class PackedToolTests(Packages packages) : IClassFixture<Packages>
{
    // With the TLS of BouncyCastle, which a probe sends what the platform refuses to. It is to be 24 MB.
    private const long MostBytes = 29_000_000;

    [Fact]
    public async Task The_installed_tool_does_the_main_job_and_is_a_small_native_binary()
    {
        string tools = Path.Combine(packages.WorkFolder, "tools");
        await packages.DotNetAsync(
            packages.WorkFolder, "tool", "install", "mtls-scenario", "--tool-path", tools, "--source", packages.Folder);
        string tool = Path.Combine(tools, "mtls-scenario");
        string work = Directory.CreateDirectory(Path.Combine(packages.WorkFolder, "work")).FullName;
        File.Copy(Path.Combine(Packages.Repository, "scenarios", "amy-bob.yaml"), Path.Combine(work, "amy-bob.yaml"));

        string applied = await RunAsync(work, tool, "apply", "amy-bob.yaml");
        string again = await RunAsync(work, tool, "apply", "amy-bob.yaml");
        string verified = await RunAsync(
            Path.Combine(work, "amy-bob"), "openssl", "verify", "-x509_strict", "-CAfile", "ca.crt", "bob_server.crt", "amy_client.crt");

        Assert.EndsWith("Issued 3 certificates in ./amy-bob.\n", applied, StringComparison.Ordinal);
        Assert.Equal("Nothing to do: ./amy-bob is in step with amy-bob.\n", again);
        Assert.Equal("bob_server.crt: OK\namy_client.crt: OK\n", verified);
        FileInfo link = new(tool);
        FileInfo binary = (FileInfo?)link.ResolveLinkTarget(returnFinalTarget: true) ?? link;
        Assert.InRange(binary.Length, 1, MostBytes);
        byte[] magic = new byte[4];
        await using (FileStream stream = binary.OpenRead())
        {
            await stream.ReadExactlyAsync(magic);
        }

        Assert.Equal("\u007fELF"u8, magic);
    }

    [Fact]
    public async Task The_methods_that_are_to_lie_side_by_side_are_those_of_the_binary()
    {
        Needs.Program("nm");
        string project = Path.Combine(Packages.Repository, "src", "MtlsScenario.Tool");
        string[] listed = await File.ReadAllLinesAsync(Path.Combine(project, "start-order.txt"));
        string symbols = Directory
            .EnumerateFiles(Path.Combine(project, "bin", "Release"), "mtls-scenario.dbg", SearchOption.AllDirectories)
            .First(file => file.Contains("linux-", StringComparison.Ordinal));

        string[] names = [.. (await RunAsync(project, "nm", "--just-symbols", "--defined-only", symbols)).Split('\n')];

        // Some change with every version; where it is many, the benchmarks' `order` writes them anew.
        Assert.InRange(listed.Intersect(names, StringComparer.Ordinal).Count(), listed.Length * 9 / 10, listed.Length);
    }

    [Fact]
    public async Task The_tool_runs_once_without_being_installed()
    {
        string version = await packages.DotNetAsync(
            packages.WorkFolder, "dnx", "mtls-scenario", "--yes", "--source", packages.Folder, "--", "--version");

        Assert.Matches(@"^mtls-scenario \d+\.\d+\.\d+", version);
    }

    [Fact]
    public void The_packages_are_for_this_machine_for_any_other_and_of_the_library_with_readme_and_licence()
    {
        string[] names = [.. Directory.GetFiles(packages.Folder, "*.nupkg").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

        Assert.Collection(
            names,
            name => Assert.StartsWith("MtlsScenario.", name, StringComparison.Ordinal),
            name => Assert.Matches(@"^mtls-scenario\.\d", name),
            name => Assert.StartsWith("mtls-scenario.any.", name, StringComparison.Ordinal),
            name => Assert.StartsWith("mtls-scenario.linux-", name, StringComparison.Ordinal));
        foreach (string name in names)
        {
            using ZipArchive package = ZipFile.OpenRead(Path.Combine(packages.Folder, name));
            string[] entries = [.. package.Entries.Select(entry => entry.FullName)];
            Assert.Contains("README.md", entries);
            Assert.Contains("LICENSE", entries);
            Assert.DoesNotContain(entries, entry => entry.EndsWith(".pdb", StringComparison.Ordinal) || entry.EndsWith(".dbg", StringComparison.Ordinal));
        }
    }

    private static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(4));
        BufferedCommandResult result = await Cli.Wrap(Needs.Program(program))
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(limit.Token);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{result.StandardError}");
        return result.StandardOutput;
    }
}
