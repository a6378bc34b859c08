using System.Runtime.Versioning;
using CliWrap.Buffered;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>Every format by the script, byte for byte what <c>apply</c> writes with what openssl drew, and its passwords.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FormatScriptTests : IDisposable
{
    private const string Own = "p4ssw0rd of the old ones";

    private readonly ScriptFolder _folder = new();
    private readonly Dictionary<string, string?> _passwords;

    public FormatScriptTests()
    {
        _folder.Write("old.txt", Own);
        _folder.Write("trust.txt", "a password of anchors\nand more\n");
        _passwords = new()
        {
            [ScriptFolder.Password.Name] = ScriptFolder.Password.Value,
            ["PASSWORD_FILE_2"] = "old.txt",
            ["PASSWORD_FILE_3"] = _folder.At("trust.txt"),
        };
    }

    public static TheoryData<string> Shells => ShellTests.Shells;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1.1.1", "flat")]
    [InlineData("1.1.1", "by-party")]
    [InlineData(OpenSslPrograms.Installed, "flat")]
    [InlineData(OpenSslPrograms.Installed, "by-party")]
    [InlineData("3.5", "flat")]
    [InlineData("3.5", "by-party")]
    [InlineData("3.6", "flat")]
    [InlineData("3.6", "by-party")]
    public async Task Every_format_is_made_byte_for_byte(string version, string folders)
    {
        Plan plan = PlanOf(folders);
        var how = new ScriptRun { Version = version, Variables = _passwords };
        await AssertMakesAsync(ScriptWriter.Write(plan, new ScriptOptions()), plan, how);
        Directory.Delete(_folder.Out, recursive: true);
        await AssertMakesAsync(PlainScript.Write(plan), plan, how);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task In_every_shell(string shell)
    {
        Plan plan = PlanOf("by-party");
        var how = new ScriptRun { Shell = shell.Split(' '), Variables = _passwords };
        await AssertMakesAsync(ScriptWriter.Write(plan, new ScriptOptions()), plan, how);
        Directory.Delete(_folder.Out, recursive: true);
        await AssertMakesAsync(PlainScript.Write(plan), plan, how);
    }

    private static Plan PlanOf(string folders) => ScriptFolder.PlanOf($$"""
        name: formats
        folders: {{folders}}
        defaults:
          key: ec-p256
          formats: [p12, truststore, pem, der, traditional, encrypted, p7b, kubernetes]
          password: { env: {{ScriptFolder.Password.Name}} }
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

    private async Task AssertMakesAsync(string script, Plan plan, ScriptRun how)
    {
        BufferedCommandResult run = await _folder.TryAsync(script, how);
        Assert.True(run.ExitCode == 0, run.StandardError);
        Assert.Equal("", _folder.Differences(plan));
    }
}
