using System.Runtime.Versioning;
using CliWrap.Buffered;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>A full disk, a folder of somebody else's, an odd umask: what was there stays, and the next run completes.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostileFolderTests : ProgramTest
{
    public HostileFolderTests()
        : base("hostile") => File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);

    [RootFact]
    public async Task On_a_full_disk_nothing_is_written_and_the_next_run_completes()
    {
        string disk = Directory.CreateDirectory(Path.Combine(_folder, "disk")).FullName;
        Assert.Equal(0, (await RunAsync("mount", "-t", "tmpfs", "-o", "size=16k", "none", disk)).ExitCode);
        try
        {
            BufferedCommandResult full = await RunAsync(_tool, "apply", "hostile.yaml", "-d", "disk/certs");
            Assert.Equal(3, full.ExitCode);
            Assert.StartsWith("error: No space left on device", full.StandardError, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(Path.Combine(disk, "certs")));

            Assert.Equal(0, (await RunAsync("mount", "-o", "remount,size=1m", disk)).ExitCode);
            Assert.Equal(0, (await RunAsync(_tool, "apply", "hostile.yaml", "-d", "disk/certs")).ExitCode);
            Assert.Equal(0, (await RunAsync(_tool, "plan", "hostile.yaml", "-d", "disk/certs", "--check")).ExitCode);

            string authority = await File.ReadAllTextAsync(Path.Combine(disk, "certs/ca.key"));
            string filler = Path.Combine(disk, "filler");
            Assert.Equal(1, (await RunAsync("dd", "if=/dev/zero", $"of={filler}")).ExitCode);
            Assert.Equal(3, (await RunAsync(_tool, "apply", "hostile.yaml", "-d", "disk/certs", "--new-key", "all")).ExitCode);
            Assert.Equal(authority, await File.ReadAllTextAsync(Path.Combine(disk, "certs/ca.key")));
            string[] written = Directory.GetFiles(Path.Combine(disk, "certs"));
            Assert.DoesNotContain(written, file => file.EndsWith(".tmp", StringComparison.Ordinal) || new FileInfo(file).Length == 0);

            File.Delete(filler);
            Assert.Equal(0, (await RunAsync(_tool, "apply", "hostile.yaml", "-d", "disk/certs")).ExitCode);
            Assert.Equal(authority, await File.ReadAllTextAsync(Path.Combine(disk, "certs/ca.key")));
        }
        finally
        {
            await RunAsync("umount", disk);
        }
    }

    [RootFact]
    public async Task Where_nothing_may_be_written_it_says_so()
    {
        // Nobody may read the tool where it was built, so it is let in through a folder of its own.
        Assert.Equal(0, (await RunAsync("cp", "-r", AppContext.BaseDirectory, Path.Combine(_folder, "tool"))).ExitCode);

        BufferedCommandResult run = await AsNobodyAsync("apply", "hostile.yaml");

        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("error: Access to the path", run.StandardError, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "hostile")));
    }

    [RootFact]
    public async Task What_may_not_be_read_is_no_missing_key_and_the_rest_is_shown()
    {
        Assert.Equal(0, (await RunAsync("cp", "-r", AppContext.BaseDirectory, Path.Combine(_folder, "tool"))).ExitCode);
        await File.AppendAllTextAsync(Path.Combine(_folder, "hostile.yaml"), "\nfolders: by-party\n");
        Assert.Equal(0, (await RunAsync(_tool, "apply", "hostile.yaml")).ExitCode);
        Assert.Equal(0, (await RunAsync("chmod", "755", "hostile", "hostile/bob", "hostile/ca")).ExitCode);

        BufferedCommandResult plan = await AsNobodyAsync("plan", "hostile.yaml");
        Assert.Equal(3, plan.ExitCode);
        Assert.StartsWith("error: ca/ca.key is there and cannot be used: permission denied\n", plan.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", plan.StandardOutput, StringComparison.Ordinal);

        BufferedCommandResult show = await AsNobodyAsync("show", "hostile");
        Assert.Equal(0, show.ExitCode);
        Assert.StartsWith("bob/bob_server: end entity\n", show.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("\n  amy/: permission denied\n", show.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("\n  bob/bob_server.key: permission denied\n", show.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("000")]
    [InlineData("077")]
    [InlineData("777")]
    public async Task Modes_are_the_same_whatever_the_umask(string umask)
    {
        BufferedCommandResult run = await RunAsync("sh", "-c", $"umask {umask}; exec \"$0\" apply hostile.yaml", _tool);

        Assert.Equal(0, run.ExitCode);
        string folder = Path.Combine(_folder, "hostile");
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(folder));
        Assert.All(
            Directory.GetFiles(folder),
            file => Assert.Equal(
                (UnixFileMode)(file.EndsWith(".key", StringComparison.Ordinal) ? 0b110_000_000 : 0b110_100_100), File.GetUnixFileMode(file)));
    }

    private Task<BufferedCommandResult> AsNobodyAsync(params string[] arguments) => RunAsync(
        "setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", Path.Combine(_folder, "tool/mtls-scenario"), .. arguments]);
}
