using System.Runtime.Versioning;
using System.Text.Json;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Planning;
using MtlsScenario.Tool.Tests;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary><c>script --check</c> and <c>apply --engine openssl</c>, as they are called.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EngineTests : IDisposable
{
    private const string Scenario = """
        name: engine
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=my-ca, key: ed25519 } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, serial: 7, lifetime: { from: 2020-01-01T00:00:00Z, until: 2050-01-01T00:00:00Z } } }
          till: { replicas: 3, client: { subject: "/CN=till-{n}", issuer: ca } }
        """;

    private readonly WorkFolder _folder = new();

    public EngineTests()
    {
        _folder.Write("engine.yaml", Scenario);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_says_for_each_file_how_far_it_is_equal_and_which_OpenSSL_it_was()
    {
        string version = (await OpenSslFacts.VersionOfAsync(OpenSslPrograms.Installed)).ToString();

        ToolRun run = await RunAsync("script", "engine.yaml", "--check", "-q");

        Assert.Equal(
            $"""
            ca.crt: equal, byte for byte, with the serial and the dates that the script drew
            bob_server.csr: equal, byte for byte, but for the signatures, which both verify
            bob_server.crt: equal, byte for byte
            till-1_client.csr: equal, byte for byte, but for the signatures, which both verify
            till-1_client.crt: equal, byte for byte, with the serial and the dates that the script drew
            till-2_client.csr: equal, byte for byte, but for the signatures, which both verify
            till-2_client.crt: equal, byte for byte, with the serial and the dates that the script drew
            till-3_client.csr: equal, byte for byte, but for the signatures, which both verify
            till-3_client.crt: equal, byte for byte, with the serial and the dates that the script drew
            {version} and apply made the same 9 files.

            """,
            run.Output);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["engine.yaml"], ScriptFolder.FilesIn(_folder.Root));

        JsonElement json = JsonDocument.Parse((await RunAsync("script", "engine.yaml", "--check", "--json", "-q")).Output).RootElement;
        Assert.Equal((version, true), (json.GetProperty("openSsl").GetString(), json.GetProperty("equal").GetBoolean()));
        Assert.Equal(
            ["byteForByte", "toBeSigned", "byteForByte"],
            json.GetProperty("files").EnumerateArray().Take(3).Select(file => file.GetProperty("equality").GetString()));
    }

    /// <summary>An openssl that does something else is found out: this one writes another key usage.</summary>
    [Fact]
    public async Task Check_names_what_differs()
    {
        Stub("""
            if [ "$1" = ca ]; then
                sed 's/digitalSignature/keyAgreement/' bob_server.crt.cnf >changed 2>/dev/null && mv changed bob_server.crt.cnf
            fi
            exec openssl "$@"
            """);

        ToolRun run = await RunWithAsync("./openssl", "script", "engine.yaml", "--check", "-q");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "bob_server.crt: different\n  keyUsage\n    native: critical, digitalSignature\n    script: critical, keyAgreement\n",
            run.Output,
            StringComparison.Ordinal);
        Assert.EndsWith(" and apply differ in 1 of 9 files.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_its_chain_too_is_compared_once()
    {
        _folder.Write("engine.yaml", """
            name: engine
            defaults: { key: ec-p256, request: false }
            authorities: { root: { subject: /CN=root, serial: 1 }, ca: { subject: /CN=ca, issuer: root, serial: 2 } }
            parties: { bob: { server: { subject: /CN=localhost, issuer: ca, serial: 3, files: { crt: bob.pem, chain: bob.pem, key: bob-key.pem } } } }
            """);

        ToolRun run = await RunAsync("script", "engine.yaml", "--check", "-q");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["root.crt", "ca.crt", "bob.pem"], run.Output.Split('\n').Where(line => line.Contains(": equal", StringComparison.Ordinal)).Select(line => line.Split(':')[0]));
    }

    /// <summary>The plain script takes the openssl in the path; OPENSSL names another for the check alone.</summary>
    [Fact]
    public async Task Check_runs_the_plain_script_with_the_openssl_that_is_named()
    {
        ToolRun equal = await RunAsync("script", "engine.yaml", "--check", "--plain", "-q");
        Stub("""
            case $* in
                'ca '*bob_server*) sed 's/digitalSignature/keyAgreement/' | exec openssl "$@"; exit ;;
            esac
            exec openssl "$@"
            """);
        ToolRun different = await RunWithAsync("./openssl", "script", "engine.yaml", "--check", "--plain", "-q");

        Assert.Equal(0, equal.ExitCode);
        Assert.EndsWith(" and apply made the same 9 files.\n", equal.Output, StringComparison.Ordinal);
        Assert.Equal(1, different.ExitCode);
        Assert.Contains(
            "bob_server.crt: different\n  keyUsage\n    native: critical, digitalSignature\n    script: critical, keyAgreement\n",
            different.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_says_why_the_script_stopped()
    {
        Stub("case $1 in ca) echo 'the disk is on fire' >&2; exit 1 ;; esac; exec openssl \"$@\"");

        ToolRun run = await RunWithAsync("./openssl", "script", "engine.yaml", "--check", "-q");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.EndsWith($"error: the script stopped: the disk is on fire\n{_folder.PathOf("openssl")} ca failed\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("rsa-2048")]
    public async Task Check_and_apply_take_what_an_external_authority_provides(string key)
    {
        _folder.Write("partner.yaml", $"{{ name: certs, authorities: {{ ca: {{ subject: /CN=partner, key: {key}, profile: bare }} }} }}");
        await RunAsync("apply", "partner.yaml");
        _folder.Write("external.yaml", """
            name: external
            defaults: { key: ec-p256 }
            authorities: { ca: { external: true } }
            parties: { amy: { client: { subject: /CN=amy-client, issuer: ca, trusts: [ca] } } }
            """);

        ToolRun plain = await RunAsync("script", "external.yaml", "--check", "--plain", "-d", "certs");
        Assert.Equal((0, ""), (plain.ExitCode, plain.Error));
        ToolRun check = await RunAsync("script", "external.yaml", "--check", "-d", "certs");
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        Assert.EndsWith(" and apply made the same 2 files.\n", check.Output, StringComparison.Ordinal);

        string before = _folder.Read("certs/ca.crt") + _folder.Read("certs/ca.key");
        Assert.Equal(0, (await RunAsync("apply", "external.yaml", "-d", "certs", "--engine", "openssl")).ExitCode);
        Assert.Equal(before, _folder.Read("certs/ca.crt") + _folder.Read("certs/ca.key"));
        Assert.Equal(0, (await RunAsync("plan", "external.yaml", "-d", "certs", "--check")).ExitCode);
    }

    [Theory]
    [ClassData(typeof(ShippedScenarios))]
    public async Task Apply_with_openssl_leaves_what_apply_leaves(string name)
    {
        string file = ShippedScenarios.FileOf(name);
        using var refused = new ScriptFolder();
        bool isPossible = await OpenSslFacts.RefusalAsync(refused, Planner.For(ShippedScenarios.Read(name)), OpenSslPrograms.Installed) is null;
        ToolRun native = await RunAsync("apply", file, "-d", "native", "-q");
        ToolRun run = await RunAsync("apply", file, "-d", "out", "--engine", "openssl");
        if (!isPossible)
        {
            Assert.Equal(3, run.ExitCode);
            return;
        }

        Assert.Equal((0, 0), (native.ExitCode, run.ExitCode));
        Assert.Equal(Modes("native"), Modes("out"));
        Assert.Equal(0, (await RunAsync("plan", file, "-d", "out", "--check", "-q")).ExitCode);
        Assert.Equal(0, (await RunAsync("snapshot", file, "-d", "out", "-q")).ExitCode);
        ToolRun again = await RunAsync("apply", file, "-d", "out", "--engine", "openssl");
        Assert.Equal($"Nothing to do: out is in step with {name}.\n", again.Output);
    }

    [Fact]
    public async Task Apply_with_openssl_makes_just_what_apply_would()
    {
        await RunAsync("apply", "engine.yaml", "--engine", "openssl");
        Dictionary<string, string> before = Contents("engine");
        _folder.Write("engine.yaml", Scenario.Replace("/CN=localhost,", "/CN=localhost, names: [localhost, 127.0.0.1],", StringComparison.Ordinal));
        File.Delete(_folder.PathOf("engine/till-2_client.crt"));
        string plan = (await RunAsync("plan", "engine.yaml")).Output;

        ToolRun run = await RunAsync("apply", "engine.yaml", "--engine", "openssl", "--new-key", "till-3_client");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("names: localhost -> localhost, 127.0.0.1", plan, StringComparison.Ordinal);
        Dictionary<string, string> after = Contents("engine");
        string[] changed = [.. before.Keys.Where(file => before[file] != after[file])];
        Assert.Equal(
            ["bob_server.crt", "bob_server.csr", "till-2_client.crt", "till-3_client.crt", "till-3_client.csr", "till-3_client.key"], changed);
        string aside = Assert.Single(after.Keys.Except(before.Keys));
        Assert.StartsWith(".till-3_client.key.", aside, StringComparison.Ordinal);
        Assert.Equal(before["till-3_client.key"], after[aside]);
        Assert.Equal(0, (await RunAsync("plan", "engine.yaml", "--check")).ExitCode);
    }

    [Fact]
    public async Task Where_openssl_fails_apply_changes_nothing()
    {
        await RunAsync("apply", "engine.yaml");
        Dictionary<string, string> before = Contents("engine");
        Stub("case $* in ca*till-3*) echo 'the disk is on fire' >&2; exit 1 ;; esac; exec openssl \"$@\"");

        ToolRun run = await RunWithAsync("./openssl", "apply", "engine.yaml", "--renew", "--new-key", "all", "--engine", "openssl");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("the disk is on fire\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Contents("engine"));
    }

    private Task<ToolRun> RunAsync(params string[] arguments) => RunWithAsync("openssl", arguments);

    private Task<ToolRun> RunWithAsync(string openssl, params string[] arguments)
    {
        Needs.Programs("sh", "openssl");
        return _folder.RunInProcessAsync(new InProcessSetup { Variables = new Dictionary<string, string> { ["OPENSSL"] = openssl } }, arguments);
    }

    private void Stub(string body) => StandIn.Write(_folder.PathOf("openssl"), body);

    private string[] Modes(string folder) =>
        [.. ScriptFolder.FilesIn(_folder.PathOf(folder)).Select(file => $"{file} {File.GetUnixFileMode(_folder.PathOf($"{folder}/{file}"))}")];

    private Dictionary<string, string> Contents(string folder) => ScriptFolder.FilesIn(_folder.PathOf(folder))
        .ToDictionary(file => file, file => _folder.Read($"{folder}/{file}"), StringComparer.Ordinal);
}
