using System.Collections.Immutable;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>Each runs its own part of a scenario in a folder of its own, and only what is handed over is copied between them.</summary>
public sealed class PartsTests : IDisposable
{
    private readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [ClassData(typeof(ShippedScenarios))]
    public Task Together_they_do_what_the_whole_does(string name) => CheckAsync(Planner.For(ShippedScenarios.Read(name)));

    [Theory]
    [InlineData("flat", "true")]
    [InlineData("flat", "false")]
    [InlineData("by-party", "true")]
    [InlineData("by-party", "false")]
    public Task So_do_those_of_a_fleet_and_of_authorities_of_everybody_s(string folders, string request) => CheckAsync(ScriptFolder.PlanOf($$"""
        name: parts
        folders: {{folders}}
        # An authority that is made again is then the same, byte for byte.
        defaults: { key: ed25519, formats: [p12, truststore, pem, der, p7b, kubernetes], request: {{request}}, lifetime: { from: 2026-01-01T00:00:00Z, until: 2036-01-01T00:00:00Z } }
        authorities:
          root: { subject: /CN=root, serial: 1 }
          other: { subject: "/CN=it's another", serial: 2 }
          middle: { subject: /CN=middle, serial: 3, issuer: root, operator: shop }
        parties:
          shop: { server: { subject: /CN=shop.example, issuer: middle, trusts: [root, other] }, client: { subject: /CN=shop, issuer: other, trusts: [root] } }
          till: { replicas: 3, client: { subject: "/CN=till-{n}", issuer: middle, serial: "{n}", trusts: [root, other] } }
        """));

    private async Task CheckAsync(Plan plan)
    {
        if (await OpenSslFacts.RefusalAsync(_folder, plan, OpenSslPrograms.Installed) is not null)
        {
            return;
        }

        DateTimeOffset before = DateTimeOffset.UtcNow;
        var couriers = new Couriers(_folder, plan);
        await couriers.RunUntilDoneAsync();

        // What was revoked in between stays revoked; without the lists of before, those of the next round are as new.
        foreach (string list in Directory.GetFiles(_folder.At("."), "*.crl", SearchOption.AllDirectories))
        {
            File.Delete(list);
        }

        // In the order in which certificates depend on each other, so that all have each other's latest. Where requests are
        // not left, this would be a new round of them.
        if (plan.Certificates.All(certificate => certificate.KeepsRequest || certificate.IsSelfSigned))
        {
            foreach (string actor in couriers.Actors.OrderBy(actor => couriers.DepthOf(actor)))
            {
                Assert.Equal(0, (await couriers.RunAsync(actor)).ExitCode);
            }
        }

        foreach (string actor in couriers.Actors)
        {
            ImmutableArray<string> own =
            [
                .. plan.Certificates.Where(certificate => certificate.Holder.Name == actor).SelectMany(KeysOf),
                .. plan.FinalSteps.Where(final => final.Step is WriteFormat { Kind: ArtifactKind.TraditionalKey or ArtifactKind.EncryptedKey } && final.Step.Actor.Name == actor)
                    .Select(final => final.Step.Output),
            ];
            Assert.Equal(
                own.Order(StringComparer.Ordinal),
                ScriptFolder.FilesIn(_folder.At(actor)).Where(file => file.EndsWith(".key", StringComparison.Ordinal)));
        }

        couriers.Gather();
        Assert.Equal("", _folder.Differences(plan, before));
    }

    [Fact]
    public async Task Amy_and_Bob_with_a_CA_each_end_in_a_mutual_TLS_connection()
    {
        Plan plan = Planner.For(ShippedScenarios.Read("amy-bob-distinct-cas"));
        var couriers = new Couriers(_folder, plan);

        Assert.Equal((3, "waiting for amy_ca.crt from Amy; when it is there, run this again\n"), Ended(await couriers.RunAsync("bob")));
        Assert.Equal((0, ""), Ended(await couriers.RunAsync("amy")));
        Assert.Equal((0, ""), Ended(await couriers.RunAsync("bob")));
        Assert.Equal(
            ["amy_ca.crt", "bob_ca.crt", "bob_ca.key", "bob_server.crt", "bob_server.csr", "bob_server.key"],
            ScriptFolder.FilesIn(_folder.At("bob")));
        Assert.Equal(
            ["amy_ca.crt", "amy_ca.key", "amy_client.crt", "amy_client.csr", "amy_client.key", "bob_ca.crt"],
            ScriptFolder.FilesIn(_folder.At("amy")));

        int port = FreePort.Take();
        await using RunningProgram server = await RunningProgram.StartServerAsync(
            _folder.At("bob"), port, "openssl", "s_server", "-accept", $"{port}", "-cert", "bob_server.crt", "-key", "bob_server.key",
            "-CAfile", "amy_ca.crt", "-Verify", "1", "-verify_return_error", "-www", "-quiet");
        string call = $"curl -sS --noproxy '*' --capath /dev/null --cacert bob_ca.crt https://localhost:{port}/";
        BufferedCommandResult amy = await Configs.Shell.RunAsync(_folder.At("amy"), $"{call} --key amy_client.key --cert amy_client.crt");
        Assert.Contains("Verify return code: 0 (ok)", amy.StandardOutput, StringComparison.Ordinal);
        Assert.NotEqual(0, (await Configs.Shell.RunAsync(_folder.At("amy"), call)).ExitCode);
    }

    [Fact]
    public async Task Where_it_waits_it_has_made_what_it_could_and_goes_on_with_that()
    {
        Plan plan = Planner.For(ShippedScenarios.Read("amy-bob"));
        string bob = ScriptWriter.Write(plan, new ScriptOptions { For = "bob" });

        BufferedCommandResult first = await _folder.TryAsync(bob);
        Assert.Equal((3, "waiting for bob_server.crt from CA; when it is there, run this again\n"), Ended(first));
        Assert.Equal("made bob_server.key\nmade bob_server.csr for CA\n", first.StandardOutput);
        string request = await File.ReadAllTextAsync(_folder.At("out/bob_server.csr"));

        BufferedCommandResult second = await _folder.TryAsync(bob);
        Assert.Equal((3, ""), (second.ExitCode, second.StandardOutput));
        Assert.Equal(request, await File.ReadAllTextAsync(_folder.At("out/bob_server.csr")));

        // A request for a key that is gone is of no use to anybody.
        File.Delete(_folder.At("out/bob_server.key"));
        BufferedCommandResult third = await _folder.TryAsync(bob);
        Assert.Equal("made bob_server.key\nmade bob_server.csr for CA\n", third.StandardOutput);
        Assert.NotEqual(request, await File.ReadAllTextAsync(_folder.At("out/bob_server.csr")));
    }

    [Fact]
    public async Task A_certificate_for_another_key_and_a_request_for_another_subject_are_refused()
    {
        Plan plan = Planner.For(ShippedScenarios.Read("amy-bob"));
        var couriers = new Couriers(_folder, plan);
        await couriers.RunAsync("bob");
        await couriers.RunAsync("amy");

        File.Copy(_folder.At("amy/amy_client.csr"), _folder.At("ca/bob_server.csr"), overwrite: true);
        BufferedCommandResult ca = await couriers.RunAsync("ca");
        Assert.Equal((1, "bob_server.csr does not ask for the subject that was agreed on\n"), Ended(ca));
        Assert.False(File.Exists(_folder.At("ca/bob_server.crt")));

        File.Copy(_folder.At("bob/bob_server.csr"), _folder.At("ca/bob_server.csr"), overwrite: true);
        Assert.Equal(0, (await couriers.RunAsync("ca")).ExitCode);
        File.Copy(_folder.At("ca/amy_client.crt"), _folder.At("bob/bob_server.crt"), overwrite: true);
        BufferedCommandResult bob = await couriers.RunAsync("bob");
        Assert.Equal((1, "bob_server.crt is not for bob_server.key\n"), Ended(bob));
    }

    private static (int ExitCode, string Said) Ended(BufferedCommandResult run) => (run.ExitCode, run.StandardError);

    private static IEnumerable<string> KeysOf(PlannedCertificate certificate) =>
        certificate.Members.Select(member => member.KeyFile);
}
