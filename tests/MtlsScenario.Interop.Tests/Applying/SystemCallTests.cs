using System.Runtime.Versioning;
using CliWrap.Buffered;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>What the system is asked for, and what happens where it refuses: strace looks on, and refuses in its name.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SystemCallTests : ProgramTest
{
    public SystemCallTests()
        : base("calls", "folders: by-party")
    {
    }

    [Fact]
    public async Task The_folders_that_received_the_names_of_new_folders_are_flushed_too()
    {
        BufferedCommandResult run = await TraceAsync(["-y", "-o", At("trace"), "-e", "trace=fsync"], "-d", "a/certs");

        Assert.Equal(0, run.ExitCode);
        string trace = await File.ReadAllTextAsync(At("trace"));
        string[] expected = ["", "/a", "/a/certs", "/a/certs/ca", "/a/certs/bob", "/a/certs/amy"];
        Assert.All(expected, folder => Assert.Contains($"<{_folder}{folder}>) ", trace, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ENOLCK", "No locks available")]
    [InlineData("EOPNOTSUPP", "Operation not supported")]
    public async Task A_folder_that_cannot_be_locked_is_not_one_that_another_works_on(string error, string words)
    {
        BufferedCommandResult run = await TraceAsync(["-o", "/dev/null", "-e", "trace=flock", "-e", $"inject=flock:error={error}"]);

        Assert.Equal((3, $"error: cannot lock the folder {At("calls")}: {words}\n"), (run.ExitCode, run.StandardError));
    }

    [Theory]
    [InlineData("renameat2:error=ENOSYS")]
    [InlineData("renameat2:error=EINVAL")]
    [InlineData("renameat2:error=EINVAL", "link,linkat:error=EPERM")]
    public async Task Where_the_kernel_or_the_file_system_knows_less_keys_are_as_safe(params string[] refused)
    {
        string[] refusals =
            ["-o", "/dev/null", "-e", "trace=renameat2,link,linkat", .. refused.SelectMany(what => (string[])["-e", $"inject={what}"])];
        BufferedCommandResult first = await TraceAsync(refusals);
        Assert.Equal((0, ""), (first.ExitCode, first.StandardError));
        string old = await File.ReadAllTextAsync(At("calls/ca/ca.key"));
        await File.WriteAllTextAsync(At("calls/amy/amy_client.key"), "");

        BufferedCommandResult second = await TraceAsync(refusals, "--new-key", "ca", "--new-key", "bob_server");

        Assert.Equal((0, ""), (second.ExitCode, second.StandardError));
        Assert.Equal(old, await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(At("calls/ca"), ".ca.key.*"))));
        Assert.NotEqual(old, await File.ReadAllTextAsync(At("calls/ca/ca.key")));
        Assert.Single(Directory.GetFiles(At("calls/bob"), ".*"));
        Assert.Empty(Directory.GetFiles(At("calls/amy"), ".*"));
        Assert.Equal(0, (await RunAsync(_tool, "plan", "calls.yaml", "--check")).ExitCode);
    }

    private Task<BufferedCommandResult> TraceAsync(string[] how, params string[] arguments) =>
        RunAsync("strace", ["-f", "-qq", "--seccomp-bpf", .. how, _tool, "apply", "calls.yaml", .. arguments]);
}
