using System.Runtime.Versioning;
using CliWrap.Buffered;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>What stands around the steps: where a script works, what it takes from its surroundings, and how it fails.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ScriptFrameTests : ScriptTest
{
    [Theory]
    [InlineData("deep/er")]
    [InlineData("-rf")]
    [InlineData("it's a $(touch P) `folder` \\ \"é\" *")]
    public async Task Works_in_the_folder_that_it_is_given(string name)
    {
        BufferedCommandResult run = await _folder.TryAsync(Script, new ScriptRun { Arguments = [name] });

        Assert.Equal((0, ""), (run.ExitCode, run.StandardError));
        Assert.Equal(
            "made ca.key\nmade ca.crt\nmade bob_server.key\nmade bob_server.csr\nmade bob_server.crt\n", run.StandardOutput);
        Assert.Equal(_files, ScriptFolder.FilesIn(_folder.At(name)));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Root).Length);
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(_folder.At(name)));
    }

    [Fact]
    public async Task Without_one_it_works_in_the_current_folder()
    {
        Directory.CreateDirectory(_folder.Out);
        BufferedCommandResult run = await _folder.TryAsync(Script, new ScriptRun { Arguments = [], Folder = "out" });

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(_files, ScriptFolder.FilesIn(_folder.Out));
    }

    [Fact]
    public async Task Two_folders_are_one_too_many()
    {
        BufferedCommandResult run = await _folder.TryAsync(Script, new ScriptRun { Arguments = ["a", "b"] });

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"^usage: sh .*script\.sh \[FOLDER\]\n$", run.StandardError);
        Assert.Equal(["script.sh"], ScriptFolder.FilesIn(_folder.Root));
    }

    [Fact]
    public async Task Run_again_it_keeps_the_keys_and_makes_new_certificates()
    {
        await _folder.RunAsync(_plan);
        Dictionary<string, string> before = Contents();

        string said = await _folder.RunAsync(_plan);

        Assert.Equal("made ca.crt\nmade bob_server.csr\nmade bob_server.crt\n", said);
        Dictionary<string, string> after = Contents();
        Assert.All(_files, file => Assert.Equal(file.EndsWith(".key", StringComparison.Ordinal), before[file] == after[file]));
        Assert.Equal("", _folder.Differences(_plan));
    }

    [Theory]
    [InlineData("LibreSSL 3.3.6", "OpenSSL 1.1.1 or later is needed, and this is LibreSSL 3.3.6")]
    [InlineData("OpenSSL 1.0.2u  20 Dec 2019", "OpenSSL 1.1.1 or later is needed, and this is OpenSSL 1.0.2u")]
    [InlineData("OpenSSL 1.1.0l  10 Sep 2019", "OpenSSL 1.1.1 or later is needed, and this is OpenSSL 1.1.0l")]
    public async Task An_openssl_that_cannot_is_named_before_anything_is_made(string version, string said)
    {
        Stub($"echo '{version}'");

        BufferedCommandResult run = await RunStubAsync();

        Assert.Equal((1, said + "\n"), (run.ExitCode, run.StandardError));
        Assert.False(Directory.Exists(_folder.Out));
    }

    [Fact]
    public async Task No_openssl_is_named_too()
    {
        var how = new ScriptRun { Variables = { ["OPENSSL"] = "./none" } };
        BufferedCommandResult run = await _folder.TryAsync(Script, how);

        Assert.Equal((1, $"there is no openssl that runs as {_folder.At("./none")}\n"), (run.ExitCode, run.StandardError));
        Assert.False(Directory.Exists(_folder.Out));
    }

    [Fact]
    public async Task Where_a_step_fails_it_says_what_openssl_said_and_the_folder_stays_as_it_was()
    {
        await _folder.RunAsync(_plan);
        Dictionary<string, string> before = Contents();
        File.Delete(Path.Combine(_folder.Out, "bob_server.key"));
        Stub("case $* in ca*bob_server*) echo 'the disk is on fire' >&2; exit 1 ;; esac; exec openssl \"$@\"");

        BufferedCommandResult run = await RunStubAsync();

        Assert.Equal((1, ""), (run.ExitCode, run.StandardOutput));
        Assert.Equal($"the disk is on fire\n{_folder.At("./stub")} ca failed\n", run.StandardError);
        before.Remove("bob_server.key");
        Assert.Equal(before, Contents());
    }

    [Theory]
    [InlineData("HUP", 129)]
    [InlineData("INT", 130)]
    [InlineData("QUIT", 131)]
    [InlineData("TERM", 143)]
    public async Task Stopped_halfway_it_leaves_nothing(string signal, int exitCode)
    {
        Stub($"case $1 in ca) kill -{signal} $PPID ;; esac; exec openssl \"$@\"");

        BufferedCommandResult run = await RunStubAsync();

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Empty(ScriptFolder.FilesIn(_folder.Out));
    }

    /// <summary>Git Bash turns arguments that look like paths into ones of Windows, unless it is told not to.</summary>
    [Theory]
    [InlineData("tls")]
    [InlineData("bare")]
    public async Task No_argument_looks_like_a_path_to_Git_Bash(string profile)
    {
        Plan plan = ScriptFolder.PlanOf(Yaml.Replace("ec-p256", $"ec-p256, profile: {profile}", StringComparison.Ordinal) + "\nfolders: by-party\n");
        Stub("for argument in \"$@\"; do echo \"${MSYS_NO_PATHCONV-}:$argument\" >>../../arguments.txt; done; exec openssl \"$@\"");

        BufferedCommandResult run = await _folder.TryAsync(
            ScriptWriter.Write(plan, new ScriptOptions()), new ScriptRun { Variables = { ["OPENSSL"] = "./stub" } });

        if (profile == "bare" && !OpenSslFacts.WritesVersion1(await OpenSslFacts.VersionOfAsync(OpenSslPrograms.Installed)))
        {
            Assert.Equal(1, run.ExitCode);
            return;
        }

        Assert.Equal((0, ""), (run.ExitCode, run.StandardError));
        string[] unguarded = [.. (await File.ReadAllLinesAsync(_folder.At("arguments.txt"))).Where(line => line[0] == ':').Select(line => line[1..])];
        Assert.DoesNotContain(unguarded, argument => argument.StartsWith('/') || argument.Contains("=/", StringComparison.Ordinal) || argument.Contains(":/", StringComparison.Ordinal));
        if (profile == "tls")
        {
            Assert.Contains("genpkey", unguarded);
        }
        else
        {
            Assert.Contains("1:/CN=my-ca", await File.ReadAllLinesAsync(_folder.At("arguments.txt")));
        }
    }
}
