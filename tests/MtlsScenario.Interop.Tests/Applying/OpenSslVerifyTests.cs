using MtlsScenario.Files;
using MtlsScenario.Interop.Tests.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>What <c>apply</c> made, judged by the machine's openssl at its strictest.</summary>
public sealed class OpenSslVerifyTests : IDisposable
{
    private static readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    private readonly OpenSslFolder _folder = new();

    private string Root => _folder.Path("certificates");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [ClassData(typeof(ShippedScenarios))]
    public async Task Whoever_must_be_accepted_verifies_strictly(string name)
    {
        Scenario scenario = ShippedScenarios.Read(name);
        Plan plan = Apply(scenario);
        foreach (Connection connection in scenario.Connections.Where(connection => connection.Expect == Outcome.Accepted))
        {
            Party client = scenario.Party(connection.From.Party);
            Party server = scenario.Party(connection.To.Party);
            await VerifyAsync(plan, scenario, (client, client.Calling!), (server, server.Called!), connection);
            await VerifyAsync(plan, scenario, (server, server.Called!), (client, client.Calling!), connection);
        }
    }

    [Theory]
    [ClassData(typeof(ShippedScenarios))]
    public async Task Every_request_and_every_key_is_one_for_openssl(string name)
    {
        Plan plan = Apply(ShippedScenarios.Read(name));
        foreach (PlannedCertificate certificate in plan.Certificates.Where(certificate => certificate.Replicas is null && !certificate.IsExternal))
        {
            string key = await _folder.RunAsync("pkey", "-in", At(certificate.Files.Key), "-pubout");
            Assert.Equal(key, await _folder.RunAsync("x509", "-in", At(certificate.Files.Certificate), "-noout", "-pubkey"));
            if (certificate.KeepsRequest)
            {
                // The exit code of 3.0 says nothing.
                Assert.Contains(
                    "verify OK", await _folder.RunAsync("req", "-in", At(certificate.Files.Request), "-noout", "-verify"), StringComparison.Ordinal);
                Assert.Equal(key, await _folder.RunAsync("req", "-in", At(certificate.Files.Request), "-noout", "-pubkey"));
            }
        }
    }

    private async Task VerifyAsync(
        Plan plan,
        Scenario scenario,
        (Party Party, PartyCertificate Certificate) presented,
        (Party Party, PartyCertificate Certificate) verifier,
        Connection connection)
    {
        PlannedCertificate leaf = plan[FileNames.Stem(presented.Party, presented.Certificate.Role)];
        PlannedCertificate relying = plan[FileNames.Stem(verifier.Party, verifier.Certificate.Role)];
        if (leaf.Template!.Version == 1 || (connection.PresentsNothing && presented.Party == scenario.Party(connection.From.Party)))
        {
            return;
        }

        List<string> arguments =
        [
            "verify", "-x509_strict", "-no-CAfile", "-no-CApath", "-partial_chain",
            "-trusted", At(Concrete(relying, relying.Files.Anchors!)),
            "-purpose", presented.Certificate.Role == Role.Client || presented.Party.Name == connection.From.Party ? "sslclient" : "sslserver",
        ];
        if (leaf.Files.Chain is { } chain && presented.Certificate.Presents == Presentation.Chain)
        {
            arguments.AddRange(["-untrusted", At(Concrete(leaf, chain))]);
        }

        if (connection.At is { } at)
        {
            arguments.AddRange(["-attime", $"{at.ToUnixTimeSeconds()}"]);
        }

        string certificate = At(Concrete(leaf, leaf.Files.Certificate));
        Assert.Equal($"{certificate}: OK\n", await _folder.RunAsync([.. arguments, certificate]));
    }

    /// <summary>Of a fleet, the first.</summary>
    private static string Concrete(PlannedCertificate certificate, string path) =>
        FileNames.ForReplica(path, certificate.Replicas is null ? null : 1);

    private Plan Apply(Scenario scenario)
    {
        Plan plan = Planner.For(scenario);
        var reader = new FolderReader(Root);
        Reconciliation reconciliation = Reconciler.Run(plan, reader, new ReconciliationOptions(), _now);
        using var artifacts = new NativeArtifacts(reader, reconciliation);
        new FolderUpdater(reader, new FolderWriter(Root), artifacts).Run(reconciliation, CancellationToken.None);
        return plan;
    }

    private string At(string path) => Path.Combine(Root, path);
}
