using System.Globalization;
using MtlsScenario.Interop.Tests.Scripting;
using MtlsScenario.Planning;
using MtlsScenario.Tool.Tests;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>A fleet that gets another digit keeps every name, and so every key, that it has.</summary>
public sealed class GrowingFleetTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("native", "flat")]
    [InlineData("native", "by-party")]
    [InlineData("openssl", "flat")]
    [InlineData("openssl", "by-party")]
    public async Task From_nine_to_ten_only_the_tenth_is_new(string engine, string folders)
    {
        Needs.Programs(engine == "openssl" ? ["sh", "openssl"] : []);
        _folder.Write("fleet.yaml", Scenario(9, folders));
        Assert.Equal(0, (await _folder.RunAsync("apply", "fleet.yaml", "--engine", engine)).ExitCode);
        Dictionary<string, string> before = Contents("fleet");
        _folder.Write("fleet.yaml", Scenario(10, folders));
        string plan = (await _folder.RunAsync("plan", "fleet.yaml")).Output;

        ToolRun run = await _folder.RunAsync("apply", "fleet.yaml", "--engine", engine);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith("To be issued: 1 certificate in ./fleet.\n", plan, StringComparison.Ordinal);
        Dictionary<string, string> after = Contents("fleet");
        Assert.Equal(before, after.Where(file => before.ContainsKey(file.Key)).ToDictionary(StringComparer.Ordinal));
        Assert.All(after.Keys.Except(before.Keys), file => Assert.Contains("device-10", file, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_script_keeps_the_keys_of_the_nine()
    {
        using var folder = new ScriptFolder();
        await folder.RunAsync(ScriptFolder.PlanOf(Scenario(9, "flat")));
        Dictionary<string, string> before = Keys(folder);
        Plan ten = ScriptFolder.PlanOf(Scenario(10, "flat"));

        await folder.RunAsync(ten);

        Dictionary<string, string> after = Keys(folder);
        Assert.Equal(before, after.Where(file => before.ContainsKey(file.Key)).ToDictionary(StringComparer.Ordinal));
        Assert.Equal(["device-10_client.key"], after.Keys.Except(before.Keys));
        Assert.Equal("", folder.Differences(ten));
    }

    [Fact]
    public async Task What_is_the_same_of_many_is_said_once_whatever_the_length_of_their_numbers()
    {
        _folder.Write("fleet.yaml", Scenario(12, "by-party"));

        ToolRun run = await _folder.RunAsync("apply", "fleet.yaml");

        Assert.Contains("\ndevice-1_client and 11 more\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.Output.Split("device-1_client.chain.crt").Length - 1);
        Assert.DoesNotContain("device-10", run.Output, StringComparison.Ordinal);
    }

    private static string Scenario(int count, string folders) => $$"""
        name: fleet
        folders: {{folders}}
        defaults: { key: ec-p256 }
        authorities:
          root: { subject: /CN=Root }
          ca: { subject: /CN=Devices, issuer: root }
        parties:
          device:
            replicas: {{count.ToString(CultureInfo.InvariantCulture)}}
            client: { subject: "/CN=device-{n}", issuer: ca, names: ["device-{n}.example"], serial: "{n}", trusts: [root, ca] }
        """;

    private static Dictionary<string, string> Keys(ScriptFolder folder) => Directory.GetFiles(folder.Out, "*.key")
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);

    private Dictionary<string, string> Contents(string folder) => ScriptFolder.FilesIn(_folder.PathOf(folder))
        .Where(file => File.Exists(_folder.PathOf($"{folder}/{file}")))
        .ToDictionary(file => file, file => _folder.Read($"{folder}/{file}"), StringComparer.Ordinal);
}
