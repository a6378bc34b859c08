using System.Runtime.Versioning;
using System.Text.Json;
using MtlsScenario.Files;
using Xunit;

namespace MtlsScenario.Tool.Tests.Applying;

/// <summary>What apply does and says.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ApplyCommandTests : ApplyTest
{
    [Fact]
    public async Task Says_what_it_made()
    {
        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml");

        Assert.Equal(
            """
            ca          new ec-p256 key
                        new certificate
            bob_server  new ec-p256 key
                        new request
                        new certificate
            amy_client  new ec-p256 key
                        new request
                        new certificate
            Issued 3 certificates in ./amy-bob.

            """,
            run.Output);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task A_second_run_changes_nothing_and_says_so()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        Dictionary<string, DateTime> before = Times();

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml");

        Assert.Equal(new ToolRun(0, "Nothing to do: ./amy-bob is in step with amy-bob.\n", ""), run);
        Assert.Equal(before, Times());
    }

    [Fact]
    public async Task Each_difference_is_named()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        _folder.Write("amy-bob.yaml", AmyBob.Replace(
            "subject: /CN=localhost,",
            "subject: /O=Bob/CN=localhost, names: [localhost, 127.0.0.1], lifetime: 90d, digest: sha384, extendedKeyUsage: [serverAuth, clientAuth],",
            StringComparison.Ordinal));

        ToolRun run = await _folder.RunAsync("plan", "amy-bob.yaml");

        Assert.Equal(
            """
            ca          nothing to do
            bob_server  new request
                          it asks for something else
                        new certificate
                          subject: /CN=localhost -> /O=Bob/CN=localhost
                          lifetime: 365d -> 90d
                          signature: ecdsa-with-SHA256 -> ecdsa-with-SHA384
                          extendedKeyUsage: serverAuth -> serverAuth, clientAuth
                          names: localhost -> localhost, 127.0.0.1
            amy_client  nothing to do
            To be issued: 1 certificate in ./amy-bob.

            """,
            run.Output);
    }

    [Fact]
    public async Task Plan_checks_and_writes_nothing()
    {
        Assert.Equal(1, (await _folder.RunAsync("plan", "amy-bob.yaml", "--check")).ExitCode);
        Assert.False(Directory.Exists(_folder.PathOf("amy-bob")));
        Assert.Equal(0, (await _folder.RunAsync("plan", "amy-bob.yaml")).ExitCode);

        await _folder.RunAsync("apply", "amy-bob.yaml");

        Assert.Equal(0, (await _folder.RunAsync("plan", "amy-bob.yaml", "--check")).ExitCode);
    }

    [Fact]
    public async Task A_stem_that_is_not_there_is_a_usage_fault()
    {
        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml", "--new-key", "bob_servr");

        Assert.Equal(
            new ToolRun(2, "", "error: --new-key \"bob_servr\": the scenario has no such key\n  hint: did you mean bob_server?\n"),
            run);
        Assert.False(Directory.Exists(_folder.PathOf("amy-bob")));
    }

    [Fact]
    public async Task Two_at_once_on_one_folder_are_refused()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        using FolderLock other = FolderLock.Take(_folder.PathOf("amy-bob"));

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml", "--renew");

        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("error: another mtls-scenario is at work on ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_external_authority_s_files_are_asked_for_and_never_touched()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        _folder.Write("partner.yaml", """
            name: partner
            defaults: { key: ec-p256 }
            authorities:
              ca: { external: true }
            parties:
              amy: { client: { subject: /CN=amy, issuer: ca, trusts: [ca] } }
            """);

        ToolRun missing = await _folder.RunAsync("apply", "partner.yaml");
        Assert.Equal(0, missing.ExitCode);
        Assert.EndsWith(
            "Awaited:\n  ca.crt is provided: put it there\n  send amy_client.csr to ca, and put its certificate there as amy_client.crt\n", missing.Output, StringComparison.Ordinal);

        _folder.Write("partner/ca.crt", "My own notes\n" + _folder.Read("amy-bob/ca.crt"));
        ToolRun keyless = await _folder.RunAsync("apply", "partner.yaml");
        Assert.Equal(
            (0, "Nothing to do in ./partner until others have sent what is awaited.\nAwaited:\n  send amy_client.csr to ca, and put its certificate there as amy_client.crt\n"),
            (keyless.ExitCode, keyless.Output));

        File.Copy(_folder.PathOf("amy-bob/ca.key"), _folder.PathOf("partner/ca.key"));
        Assert.Equal(0, (await _folder.RunAsync("apply", "partner.yaml", "--renew", "--new-key", "all")).ExitCode);
        Assert.StartsWith("My own notes\n", _folder.Read("partner/ca.crt"), StringComparison.Ordinal);
        Assert.Equal(_folder.Read("amy-bob/ca.key"), _folder.Read("partner/ca.key"));
    }

    [Fact]
    public async Task A_fixed_serial_that_is_issued_again_is_warned_of()
    {
        _folder.Write("amy-bob.yaml", AmyBob.Replace("/CN=localhost,", "/CN=localhost, serial: 7,", StringComparison.Ordinal));
        await _folder.RunAsync("apply", "amy-bob.yaml");

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml", "--renew");

        Assert.Equal(
            "warning: bob_server: issued again with the serial that it had, 7: "
            + "to whoever keeps certificates by issuer and serial the two are one\n",
            run.Error);
    }

    [Fact]
    public async Task Of_a_fleet_the_first_messages_are_enough()
    {
        _folder.Write("fleet.yaml", """
            name: fleet
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: /CN=my-ca } }
            parties:
              device: { replicas: 30, client: { subject: "/CN=device-{n}", issuer: ca, serial: "{n}", trusts: [ca] } }
            """);
        await _folder.RunAsync("apply", "fleet.yaml");

        string[] warnings = (await _folder.RunAsync("apply", "fleet.yaml", "--renew")).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(21, warnings.Length);
        Assert.StartsWith("warning: device-1_client: issued again with the serial that it had, 1: ", warnings[0], StringComparison.Ordinal);
        Assert.Equal("warning: and 10 more of the kind", warnings[^1]);

        foreach (string key in Directory.GetFiles(_folder.PathOf("fleet"), "device-*.key"))
        {
            File.WriteAllText(key, "damaged");
        }

        string[] errors = (await _folder.RunAsync("apply", "fleet.yaml")).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("error: device-1_client.key is there and cannot be used: ", errors[0], StringComparison.Ordinal);
        Assert.Equal("error: and 10 more are in the way", errors[^1]);
    }

    [Fact]
    public async Task What_is_not_known_is_named()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        _folder.Write("amy-bob/notes\u001b[31m.txt", "");

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml");

        Assert.Equal("left alone, for the scenario does not know it: notes\\e[31m.txt\n", run.Error);
    }

    [Fact]
    public async Task What_a_script_left_that_was_killed_is_named_and_nothing_else_of_ours()
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        await _folder.RunAsync("apply", "amy-bob.yaml", "--new-key", "bob_server");
        _folder.Write("amy-bob/.mtls-scenario.script.4711/bob_server.key", "");

        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml");

        Assert.Equal("left alone, for the scenario does not know it: .mtls-scenario.script.4711/\n", run.Error);
        Assert.True(File.Exists(_folder.PathOf("amy-bob/.mtls-scenario.script.4711/bob_server.key")));
    }

    [Fact]
    public async Task Json_says_the_same()
    {
        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml", "--json");

        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.True(json.GetProperty("applied").GetBoolean());
        Assert.Equal(
            ["ca generate", "bob_server generate", "amy_client generate"],
            json.GetProperty("certificates").EnumerateArray()
                .Select(entry => $"{entry.GetProperty("stem")} {entry.GetProperty("key")}"));

        JsonElement second = JsonDocument.Parse((await _folder.RunAsync("plan", "amy-bob.yaml", "--json")).Output).RootElement;
        Assert.True(second.GetProperty("inStep").GetBoolean());
    }

    [Fact]
    public async Task Quiet_says_nothing_when_all_is_well()
    {
        Assert.Equal(new ToolRun(0, "", ""), await _folder.RunAsync("apply", "amy-bob.yaml", "-q"));
    }

    [Fact]
    public async Task A_scenario_from_standard_input_is_applied()
    {
        Assert.Equal(0, (await _folder.RunWithInputAsync(AmyBob, "apply", "-")).ExitCode);
        Assert.True(File.Exists(_folder.PathOf("amy-bob/ca.crt")));
    }

    [Fact]
    public async Task A_bad_scenario_writes_nothing()
    {
        _folder.Write("amy-bob.yaml", AmyBob.Replace("issuer: ca", "issuer: cb", StringComparison.Ordinal));

        Assert.Equal(2, (await _folder.RunAsync("apply", "amy-bob.yaml")).ExitCode);
        Assert.Equal(["amy-bob.yaml"], Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName));
    }
}
