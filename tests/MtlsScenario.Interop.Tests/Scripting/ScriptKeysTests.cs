using System.Runtime.Versioning;
using CliWrap.Buffered;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.Tests;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>What a script makes of the keys, links and folders that are there already, or appear while it works.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ScriptKeysTests : ScriptTest
{
    private const string Unusable = "ca.key is there and cannot be used: it is damaged, encrypted, or of a form that OpenSSL ";

    [Fact]
    public async Task A_key_that_somebody_else_puts_there_meanwhile_is_left_as_it_is()
    {
        Stub("case $* in ca*selfsign*) echo theirs >../ca.key ;; esac; exec openssl \"$@\"");

        BufferedCommandResult run = await RunStubAsync();

        Assert.Equal((1, "ca.key was put there meanwhile; it is left as it is\n"), (run.ExitCode, run.StandardError));
        Assert.Equal(["ca.key"], ScriptFolder.FilesIn(_folder.Out));
        Assert.Equal("theirs\n", await File.ReadAllTextAsync(_folder.At("out/ca.key")));
    }

    [Theory]
    [InlineData("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048", "ca.key is no ec-p256 key")]
    [InlineData("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384", "ca.key is no ec-p256 key")]
    [InlineData("openssl genpkey -algorithm ED25519", "ca.key is no ec-p256 key")]
    [InlineData("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -pass pass:x", Unusable)]
    [InlineData("echo nothing", Unusable)]
    public async Task A_key_that_is_there_and_cannot_serve_stops_it_before_anything_is_made(string make, string said)
    {
        Directory.CreateDirectory(_folder.Out);
        await _folder.TryAsync($"{make} >out/ca.key\n");
        Dictionary<string, string> before = Contents();

        BufferedCommandResult run = await _folder.TryAsync(Script);

        Assert.Equal((1, ""), (run.ExitCode, run.StandardOutput));
        Assert.Contains(said, run.StandardError, StringComparison.Ordinal);
        Assert.Equal(before, Contents());
    }

    [Theory]
    [InlineData("rsa-2048")]
    [InlineData("rsa-3072")]
    [InlineData("rsa-4096")]
    [InlineData("ec-p256")]
    [InlineData("ec-p384")]
    [InlineData("ec-p521")]
    [InlineData("ed25519")]
    public async Task A_key_of_each_kind_is_known_again_by_every_version(string kind)
    {
        Plan plan = ScriptFolder.PlanOf($"{{ name: one, authorities: {{ ca: {{ subject: /CN=ca, key: {kind} }} }} }}");
        await _folder.RunAsync(plan);
        foreach (string version in OpenSslPrograms.All)
        {
            Assert.Equal("made ca.crt\n", await _folder.RunAsync(plan, version));
        }
    }

    [Fact]
    public async Task Nothing_is_written_through_a_symbolic_link()
    {
        Plan plan = ScriptFolder.PlanOf(Yaml + "\nfolders: by-party\n");
        Directory.CreateDirectory(_folder.At("elsewhere"));
        Directory.CreateDirectory(_folder.Out);
        Directory.CreateSymbolicLink(_folder.At("out/bob"), _folder.At("elsewhere"));

        BufferedCommandResult run = await _folder.TryAsync(ScriptWriter.Write(plan, new ScriptOptions()));

        Assert.Equal((1, "bob is a symbolic link\n"), (run.ExitCode, run.StandardError));
        Assert.Empty(ScriptFolder.FilesIn(_folder.At("elsewhere")));
        Assert.Equal(["bob"], ScriptFolder.FilesIn(_folder.Out));
    }

    [Fact]
    public async Task A_link_in_the_place_of_what_is_made_or_to_nowhere_in_the_place_of_a_key_is_a_fault()
    {
        Directory.CreateDirectory(_folder.Out);
        _folder.Write("mine.txt", "mine");
        File.CreateSymbolicLink(_folder.At("out/ca.crt"), _folder.At("mine.txt"));
        BufferedCommandResult run = await _folder.TryAsync(Script);
        Assert.Equal((1, "ca.crt is a symbolic link, and a file is to have its name\n"), (run.ExitCode, run.StandardError));
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder.At("mine.txt")));
        Assert.Equal(["ca.crt"], ScriptFolder.FilesIn(_folder.Out));

        File.Delete(_folder.At("out/ca.crt"));
        File.CreateSymbolicLink(_folder.At("out/ca.key"), _folder.At("nowhere"));
        run = await _folder.TryAsync(Script);

        Assert.Equal((1, "ca.key is no file\n"), (run.ExitCode, run.StandardError));
        Assert.False(File.Exists(_folder.At("nowhere")));
    }

    [Fact]
    public async Task A_certificate_that_is_provided_may_be_a_link()
    {
        await _folder.RunAsync(_plan);
        Directory.Move(_folder.Out, _folder.At("partner"));
        Directory.CreateDirectory(_folder.Out);
        File.CreateSymbolicLink(_folder.At("out/ca.crt"), _folder.At("partner/ca.crt"));
        File.CreateSymbolicLink(_folder.At("out/ca.key"), _folder.At("partner/ca.key"));

        await _folder.RunAsync(ScriptFolder.PlanOf(Yaml.Replace("subject: /CN=my-ca", "external: true", StringComparison.Ordinal)));

        Assert.NotNull(new FileInfo(_folder.At("out/ca.crt")).LinkTarget);
        Assert.True(File.Exists(_folder.At("out/bob_server.crt")));
    }

    /// <summary>It appears between the script's last look and its own move, which is when it gives the key its name.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("[ \"$1 $2\" = 'ca.key ../ca.key' ] && exit 1; ")]
    public async Task A_key_that_appears_at_the_last_moment_is_left_as_it_is(string instead)
    {
        StandIn.Write(_folder.At("bin/ln"), $"echo theirs >\"$2\"; {instead}exec /bin/ln \"$@\"");
        var how = new ScriptRun { Variables = { ["PATH"] = $"{_folder.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}" } };

        BufferedCommandResult run = await _folder.TryAsync(Script, how);

        Assert.Equal((1, "ca.key was put there meanwhile; it is left as it is\n"), (run.ExitCode, run.StandardError));
        Assert.Equal(["ca.key"], ScriptFolder.FilesIn(_folder.Out));
        Assert.Equal("theirs\n", await File.ReadAllTextAsync(_folder.At("out/ca.key")));
    }

    [Fact]
    public async Task Where_a_file_can_have_one_name_only_keys_take_their_places_all_the_same()
    {
        StandIn.Write(_folder.At("bin/ln"), "echo 'Operation not permitted' >&2\nexit 1");
        var how = new ScriptRun { Variables = { ["PATH"] = $"{_folder.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}" } };

        BufferedCommandResult run = await _folder.TryAsync(Script, how);

        Assert.Equal((0, ""), (run.ExitCode, run.StandardError));
        Assert.Equal("", _folder.Differences(_plan));
    }

    [Fact]
    public async Task An_empty_key_is_none()
    {
        _folder.Write("out/ca.key", "");

        Assert.StartsWith("made ca.key\nmade ca.crt\n", await _folder.RunAsync(_plan), StringComparison.Ordinal);
        Assert.Equal("", _folder.Differences(_plan));
    }

    [Theory]
    [InlineData("out", "everybody may write into the folder, so anybody may have put a key there\n")]
    [InlineData("out/ca.key", "everybody may write ca.key, so anybody may have put a key there\n")]
    public async Task Where_everybody_may_write_it_does_nothing(string path, string said)
    {
        await _folder.RunAsync(_plan);
        Dictionary<string, string> before = Contents();
        File.SetUnixFileMode(_folder.At(path), (UnixFileMode)0b111_111_111);

        BufferedCommandResult run = await _folder.TryAsync(Script);

        Assert.Equal((1, "", said), (run.ExitCode, run.StandardOutput, run.StandardError));
        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task A_serial_file_of_the_user_s_is_left_alone()
    {
        Plan plan = ScriptFolder.PlanOf(Yaml.Replace("ec-p256", "ec-p256, profile: bare", StringComparison.Ordinal));
        if (!OpenSslFacts.WritesVersion1(await OpenSslFacts.VersionOfAsync(OpenSslPrograms.Installed)))
        {
            return;
        }

        _folder.Write("out/ca.srl", "01\n");
        await _folder.RunAsync(plan);

        Assert.Equal("01\n", await File.ReadAllTextAsync(_folder.At("out/ca.srl")));
    }

    [Fact]
    public async Task A_group_that_cannot_be_given_ends_it_with_3_and_nothing_is_made()
    {
        Plan plan = ScriptFolder.PlanOf(Yaml.Replace("bob: {", "bob: { keyMode: \"0640\", keyGroup: no-such-group,", StringComparison.Ordinal));

        BufferedCommandResult run = await _folder.TryAsync(ScriptWriter.Write(plan, new ScriptOptions()));

        Assert.Equal((3, "", "bob_server.key cannot be given to the group no-such-group\n"), (run.ExitCode, run.StandardOutput, run.StandardError));
        Assert.Empty(ScriptFolder.FilesIn(_folder.Out));
    }

    [Theory]
    [InlineData("000")]
    [InlineData("777")]
    public async Task Modes_are_the_same_whatever_the_umask(string umask)
    {
        _folder.Write("inner.sh", Script);

        await _folder.TryAsync($"umask {umask}; exec sh inner.sh out\n");

        Assert.Equal("", _folder.Differences(_plan));
    }
}
