using System.Runtime.Versioning;
using System.Text;
using CliWrap.Buffered;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>Every format by the script, byte for byte what <c>apply</c> writes with what openssl drew, and its passwords.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FormatScriptTests : ScriptTest
{
    private const string Formats = "p12, truststore, pem, der, traditional, encrypted, p7b, kubernetes";
    private const string Protected = Yaml + "\n  amy: { client: { subject: /CN=amy, issuer: ca, trusts: [ca], formats: [" + Formats + "], password: { env: STORE_PASSWORD } } }";

    private readonly Dictionary<string, string?> _passwords;

    public FormatScriptTests()
    {
        _folder.Write("old.txt", "p4ssw0rd of the old ones");
        _folder.Write("trust.txt", "a password of anchors\nand more\n");
        _passwords = new()
        {
            [ScriptFolder.Password.Name] = ScriptFolder.Password.Value,
            ["PASSWORD_FILE_2"] = "old.txt",
            ["PASSWORD_FILE_3"] = _folder.At("trust.txt"),
        };
    }

    public static TheoryData<string> Shells => ShellTests.Shells;

    private static string[] Scripts(Plan plan) => [ScriptWriter.Write(plan, new ScriptOptions()), PlainScript.Write(plan)];

    [Theory]
    [InlineData("1.1.1", "flat")]
    [InlineData("1.1.1", "by-party")]
    [InlineData(OpenSslPrograms.Installed, "flat")]
    [InlineData(OpenSslPrograms.Installed, "by-party")]
    [InlineData("3.5", "flat")]
    [InlineData("3.5", "by-party")]
    [InlineData("3.6", "flat")]
    [InlineData("3.6", "by-party")]
    public Task Every_format_is_made_byte_for_byte(string version, string folders) =>
        AssertMakesAsync(PlanOf(folders), new ScriptRun { Version = version, Variables = _passwords });

    [Theory]
    [MemberData(nameof(Shells))]
    public Task In_every_shell(string shell) => AssertMakesAsync(PlanOf("by-party"), new ScriptRun { Shell = shell.Split(' '), Variables = _passwords });

    [Theory]
    [InlineData(null, null, "is missing")]
    [InlineData("", null, "is missing")]
    [InlineData("12345", null, "has fewer than 6 characters")]
    [InlineData("sécret", null, "has other than printable ASCII characters")]
    [InlineData("secret\nsecret", null, "has other than printable ASCII characters")]
    [InlineData("not taken", "windows\r\n", "has other than printable ASCII characters")]
    [InlineData("not taken", "nu\0llified", "has other than printable ASCII characters")]
    [InlineData("not taken", "\nsecret", "is missing")]
    [InlineData("not taken", "1024", "has more than 1023 characters")]
    [InlineData("not taken", "1023", null)]
    [InlineData("not taken", " -in 'x' \"$(pwn)\" `pwn` \\\\n $HOME %s ", null)]
    public async Task A_password_is_judged_before_anything_is_made(string? value, string? file, string? fault)
    {
        Plan plan = ScriptFolder.PlanOf(Protected);
        string text = int.TryParse(file, out int length) ? new string('~', length) : file ?? "";
        var how = new ScriptRun { Variables = { [ScriptFolder.Password.Name] = value, ["PASSWORD_FILE"] = file is null ? null : Path.GetFileName(_folder.Write("-secret", text)) } };
        foreach (string script in Scripts(plan))
        {
            BufferedCommandResult run = await _folder.TryAsync(script, how);

            Assert.Equal(fault is null ? 0 : 3, run.ExitCode);
            Assert.True(fault is null || run.StandardError == $"the password of amy_client.p12 (STORE_PASSWORD or PASSWORD_FILE) {fault}\n", run.StandardError);
            Assert.Equal(fault is null, ScriptFolder.FilesIn(_folder.Out).Length > 0);
            if (fault is null)
            {
                _folder.Write("first line", text + "\n");
                await _folder.TryAsync("openssl pkcs12 -in out/amy_client.p12 -passin 'file:first line' -nodes -nocerts -out opened.key\n");
                Assert.Contains("PRIVATE KEY", await File.ReadAllTextAsync(_folder.At("opened.key")), StringComparison.Ordinal);
            }

            Directory.Delete(_folder.Out, recursive: true);
        }
    }

    /// <summary>What is on a command line, everybody can read who is on the machine; and nobody should find it in the script.</summary>
    [Theory]
    [MemberData(nameof(Shells))]
    public async Task No_program_is_started_with_a_password(string shell)
    {
        Needs.Program("strace");
        const string secret = "Z5kq-unheard-of";
        _folder.Write("secret.txt", secret);
        string[] spellings = [secret, Convert.ToHexString(Encoding.ASCII.GetBytes(secret)), Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(secret))];
        Plan plan = ScriptFolder.PlanOf(Protected.Replace("truststore", "truststore: { password: { file: other.txt } }", StringComparison.Ordinal));
        foreach (string script in Scripts(plan))
        {
            BufferedCommandResult run = await _folder.TryAsync(script, new ScriptRun
            {
                Shell = ["strace", "-f", "-qq", "-s", "100000", "-e", "trace=execve", "-o", _folder.At("trace.txt"), .. shell.Split(' ')],
                Variables = { ["PASSWORD_FILE"] = "secret.txt", ["PASSWORD_FILE_2"] = "secret.txt" },
            });

            Assert.True(run.ExitCode == 0, run.StandardError);
            string started = await File.ReadAllTextAsync(_folder.At("trace.txt"));
            Assert.Contains("pkcs12", started, StringComparison.Ordinal);
            Assert.All(spellings, spelling => Assert.DoesNotContain(spelling, started + run.StandardOutput, StringComparison.OrdinalIgnoreCase));
            Directory.Delete(_folder.Out, recursive: true);
        }
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("QUIT")]
    [InlineData("TERM")]
    public async Task Stopped_halfway_it_leaves_no_password(string signal)
    {
        Plan plan = ScriptFolder.PlanOf(Protected);
        string openssl = $"PATH='{Environment.GetEnvironmentVariable("PATH")}' exec openssl \"$@\"";
        Stub($"case $1 in crl2pkcs7) kill -{signal} $PPID ;; esac; {openssl}");
        File.Move(_folder.At("stub"), _folder.At("openssl"));
        foreach (string script in Scripts(plan))
        {
            string path = $"{_folder.Root}:{Environment.GetEnvironmentVariable("PATH")}";
            BufferedCommandResult run = await _folder.TryAsync(script, new ScriptRun
            {
                Variables = { [ScriptFolder.Password.Name] = "a password", ["OPENSSL"] = "./openssl", ["PATH"] = path },
            });

            Assert.True(run.ExitCode > 128, run.StandardError);
            Assert.DoesNotContain(ScriptFolder.FilesIn(_folder.Out), file => file.Contains("script", StringComparison.Ordinal) || file.Contains("tmp", StringComparison.Ordinal));
        }
    }

    /// <summary>Intermediates that only the file with them knows go into each format, and the root that is often with them into none.</summary>
    [Theory]
    [InlineData("1.1.1", "")]
    [InlineData(OpenSslPrograms.Installed, "")]
    [InlineData("3.5", ", files: { chain: full.pem }")]
    [InlineData("3.6", ", files: { chain: full.pem }")]
    public async Task What_is_provided_comes_with_its_intermediates_and_no_root(string version, string places)
    {
        using var theirs = IssuedScenario.Issue(ScenarioLoader.Parse("""
            name: theirs
            defaults: { key: ec-p256 }
            authorities: { root: { subject: /CN=root }, issuing: { subject: /CN=issuing, issuer: root }, nearer: { subject: /CN=nearer, issuer: issuing } }
            parties: { bob: { server: { subject: /CN=localhost, issuer: nearer } } }
            """));
        theirs.WriteTo(_folder.At("theirs"));
        Plan plan = ScriptFolder.PlanOf($$"""
            name: ours
            authorities: { root: { external: true } }
            parties: { bob: { server: { external: true, trusts: [root], formats: [p12, pem, p7b, kubernetes]{{places}} } } }
            """);
        foreach (string script in Scripts(plan))
        {
            Directory.CreateDirectory(_folder.Out);
            string[] given = ["root.crt", "bob_server.crt", "bob_server.key", places.Length > 0 ? "full.pem" : "bob_server.chain.crt"];
            foreach (string file in given[..3])
            {
                File.Copy(_folder.At($"theirs/{file}"), _folder.At($"out/{file}"));
            }

            string chain = await File.ReadAllTextAsync(_folder.At("theirs/bob_server.chain.crt"));
            _folder.Write($"out/{given[3]}", chain + await File.ReadAllTextAsync(_folder.At("theirs/root.crt")));

            BufferedCommandResult run = await _folder.TryAsync(script, new ScriptRun { Version = version });

            Assert.True(run.ExitCode == 0, run.StandardError);
            Assert.All(_folder.Differences(plan).Split('\n'), line => Assert.Contains(line, given.Select(file => $"{file}: file: none is there")));
            Assert.EndsWith(chain, await File.ReadAllTextAsync(_folder.At("out/bob_server.pem")), StringComparison.Ordinal);
            Directory.Delete(_folder.Out, recursive: true);
        }
    }

    /// <summary>The key in it may be there and nowhere else.</summary>
    [Fact]
    public async Task A_file_with_another_key_is_left_as_it_is()
    {
        Plan plan = ScriptFolder.PlanOf(Protected);
        var how = new ScriptRun { Variables = { [ScriptFolder.Password.Name] = ScriptFolder.Password.Value } };
        string script = Scripts(plan)[0];
        Assert.Equal(0, (await _folder.TryAsync(script, how)).ExitCode);
        Assert.Equal(0, (await _folder.TryAsync(script, how)).ExitCode);
        Assert.Equal("", _folder.Differences(plan));

        File.Delete(_folder.At("out/amy_client.key"));
        foreach (string name in plan["amy_client"].Formats.Where(format => format.HoldsKey).Select(format => format.FormatFile).ToArray())
        {
            Dictionary<string, string> before = Contents();
            BufferedCommandResult run = await _folder.TryAsync(script, how);
            Assert.Equal((1, $"{name} is there and has another key, or another password; it is left as it is\n"), (run.ExitCode, run.StandardError));
            Assert.Equal(before, Contents());
            File.Delete(_folder.At($"out/{name}"));
        }

        Assert.Equal(0, (await _folder.TryAsync(script, how)).ExitCode);
    }

    [Fact]
    public async Task A_file_that_somebody_else_puts_there_meanwhile_is_left_as_it_is()
    {
        Plan plan = ScriptFolder.PlanOf(Protected);
        Stub("case $1 in crl2pkcs7) echo theirs >../amy_client.p12 ;; esac; exec openssl \"$@\"");
        var how = new ScriptRun { Variables = { [ScriptFolder.Password.Name] = "a password", ["OPENSSL"] = "./stub" } };

        BufferedCommandResult run = await _folder.TryAsync(Scripts(plan)[0], how);

        Assert.Equal((1, "amy_client.p12 was put there meanwhile; it is left as it is\n"), (run.ExitCode, run.StandardError));
        Assert.Equal("theirs\n", await File.ReadAllTextAsync(_folder.At("out/amy_client.p12")));
    }

    [Theory]
    [InlineData("flat")]
    [InlineData("by-party")]
    public async Task The_trust_store_of_a_fleet_is_made_once(string folders)
    {
        List<int> calls = [];
        foreach (int replicas in new[] { 1, 3 })
        {
            string log = _folder.At($"calls-{replicas}.txt");
            Stub($"echo \"$1\" >>'{log}'; exec openssl \"$@\"");
            Plan plan = ScriptFolder.PlanOf($$"""
                name: fleet
                folders: {{folders}}
                authorities: { ca: { subject: /CN=ca, key: ec-p256 } }
                parties: { till: { replicas: {{replicas}}, client: { subject: "/CN=till-{n}", issuer: ca, trusts: [ca], formats: [truststore] } } }
                """);
            BufferedCommandResult run = await _folder.TryAsync(Scripts(plan)[0], new ScriptRun { Variables = { ["OPENSSL"] = "./stub" } });
            Assert.True(run.ExitCode == 0, run.StandardError);
            Assert.Equal("", _folder.Differences(plan));
            Directory.Delete(_folder.Out, recursive: true);
            calls.Add(File.ReadLines(log).Count(line => line == "dgst"));
        }

        Assert.Equal([3, 3], calls);
    }

    private static Plan PlanOf(string folders) => ScriptFolder.PlanOf($$"""
        name: formats
        folders: {{folders}}
        defaults: { key: ec-p256, formats: [{{Formats}}], password: { env: {{ScriptFolder.Password.Name}} } }
        authorities:
          root: { subject: /CN=root }
          ca: { subject: /CN=ca, issuer: root, operator: bob }
          other: { subject: /CN=other, key: ed25519 }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, key: rsa-2048, trusts: [root, other] } }
          amy: { client: { subject: /CN=amy, issuer: ca, key: ed25519, presents: leaf } }
          old: { client: { subject: /CN=old, issuer: root, formats: [p12: { encryption: 3des }, truststore: { password: { file: trust.txt } }, encrypted], password: { file: old.txt } } }
          till: { replicas: 3, keyMode: "0640", client: { subject: "/CN=till-{n}", issuer: ca, trusts: [ca] } }
        connections: [amy -> bob, old -> bob, till -> bob]
        """);

    private async Task AssertMakesAsync(Plan plan, ScriptRun how)
    {
        foreach (string script in Scripts(plan))
        {
            BufferedCommandResult run = await _folder.TryAsync(script, how);
            Assert.True(run.ExitCode == 0, run.StandardError);
            Assert.Equal("", _folder.Differences(plan));
            Directory.Delete(_folder.Out, recursive: true);
        }
    }
}
