using MtlsScenario.Files;
using MtlsScenario.Interop.Tests.Issuance;
using MtlsScenario.Interop.Tests.Scripting;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>What <c>apply</c> made, judged by the machine's openssl at its strictest.</summary>
public sealed class OpenSslVerifyTests : IDisposable
{
    private static readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    private readonly OpenSslFolder _folder = new();

    private string Root => _folder.Path("certificates");

    public void Dispose() => _folder.Dispose();

    /// <summary>The scenarios in which openssl has something to verify; a scenario of rejected connections alone has nothing.</summary>
    public static TheoryData<string> WithAcceptedConnections =>
        [.. ShippedScenarios.Names().Where(name => Presentations(ShippedScenarios.Read(name)).Any())];

    [Theory]
    [MemberData(nameof(WithAcceptedConnections))]
    public async Task Whoever_must_be_accepted_verifies_strictly(string name)
    {
        Scenario scenario = ShippedScenarios.Read(name);
        Plan plan = Apply(scenario);
        foreach (Presented presentation in Presentations(scenario))
        {
            await VerifyAsync(plan, presentation);
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

    /// <summary>
    /// Who presents a certificate to whom and must be accepted. Certificates of version 1 are left out: at its strictest,
    /// openssl takes none.
    /// </summary>
    private static IEnumerable<Presented> Presentations(Scenario scenario)
    {
        foreach (Connection connection in scenario.Connections.Where(connection => connection.Expect == Outcome.Accepted))
        {
            Party client = scenario.Party(connection.From.Party);
            Party server = scenario.Party(connection.To.Party);
            if (client.Calling!.Certificate.Profile != CertificateProfile.Bare && !connection.PresentsNothing)
            {
                yield return new Presented(client, client.Calling, FileNames.Stem(server, server.Called!.Role), "sslclient", connection.At);
            }

            if (server.Called!.Certificate.Profile != CertificateProfile.Bare)
            {
                yield return new Presented(server, server.Called, FileNames.Stem(client, client.Calling.Role), "sslserver", connection.At);
            }
        }
    }

    private async Task VerifyAsync(Plan plan, Presented presented)
    {
        PlannedCertificate leaf = plan[FileNames.Stem(presented.Party, presented.Certificate.Role)];
        PlannedCertificate relying = plan[presented.RelyingStem];
        List<string> arguments =
        [
            "verify", "-x509_strict", "-no-CAfile", "-no-CApath", "-partial_chain",
            "-trusted", At(Concrete(relying, relying.Files.Anchors!)),
            "-purpose", presented.Purpose,
        ];
        if (leaf.Files.Chain is { } chain && presented.Certificate.Presents == Presentation.Chain)
        {
            arguments.AddRange(["-untrusted", At(Concrete(leaf, chain))]);
        }

        if (presented.At is { } at)
        {
            arguments.AddRange(["-attime", $"{at.ToUnixTimeSeconds()}"]);
        }

        string certificate = At(Concrete(leaf, leaf.Files.Certificate));
        Assert.Equal($"{certificate}: OK\n", await _folder.RunAsync([.. arguments, certificate]));
    }

    /// <summary>Of a fleet, the first.</summary>
    private static string Concrete(PlannedCertificate certificate, string path) =>
        certificate.Members.First().At(path);

    private Plan Apply(Scenario scenario)
    {
        Plan plan = Planner.For(scenario);
        _folder.Program = OpenSslFacts.NeedsMlDsa(plan) ? OpenSslPrograms.Needed("3.5") : "openssl";
        var reader = new FolderReader(Root);
        Reconciliation reconciliation = Reconciler.Run(plan, reader, new ReconciliationOptions(), _now);
        using var artifacts = new NativeArtifacts(reader, reconciliation);
        new FolderUpdater(reader, new FolderWriter(Root), artifacts).Run(reconciliation, CancellationToken.None);
        return plan;
    }

    private string At(string path) => Path.Combine(Root, path);

    private sealed record Presented(Party Party, PartyCertificate Certificate, string RelyingStem, string Purpose, DateTimeOffset? At);
}
