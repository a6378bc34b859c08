using MtlsScenario.Model;
using MtlsScenario.Tests.Binding;
using MtlsScenario.Tests.Files;
using Xunit;

namespace MtlsScenario.Tests;

public sealed class ScenarioLayoutTests : IDisposable
{
    private const string Fleet = """
        name: fleet
        folders: by-party
        defaults: { key: ec-p256 }
        authorities: { root: { subject: /CN=root }, ca: { subject: /CN=ca, issuer: root }, other: { subject: /CN=other } }
        parties:
          till: { replicas: 1000000, client: { subject: "/CN=till-{n}", issuer: ca, serial: "{n}" } }
          shop: { server: { subject: /CN=shop.example, issuer: other, trusts: [root, other] } }
        connections: [{ from: till, to: shop, host: shop.example }]
        """;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> All => [.. ShippedScenarios.Names];

    public void Dispose() => _folder.Dispose();

    /// <summary>The text is the command's, whose snapshots lie beside the scenarios.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task It_is_the_same_for_what_would_be_issued_what_was_and_what_is_in_a_folder(string name)
    {
        Scenario scenario = ScenarioLoader.Load(ShippedScenarios.PathOf(name));
        using IssuedScenario issued = IssuedScenario.Issue(scenario);
        issued.WriteTo(_folder.At("out"));

        string planned = ScenarioLayout.Of(scenario).ToString();

        await Verifier.Verify(planned, Beside(name));
        Assert.Equal(planned, ScenarioLayout.Of(issued).ToString());
        Assert.Equal(planned, ScenarioLayout.OfFolder(scenario, _folder.At("out")).ToString());
    }

    /// <summary>A replica is made to be looked at; a million is not.</summary>
    [Fact]
    public void Of_a_fleet_it_looks_at_the_first()
    {
        Scenario scenario = ScenarioLoader.Parse(Fleet);
        using IssuedScenario issued = IssuedScenario.Issue(scenario);

        string layout = ScenarioLayout.Of(issued).ToString();

        Assert.Contains("\ntill-{n}_client: ", layout, StringComparison.Ordinal);
        Assert.Equal(ScenarioLayout.Of(scenario).ToString(), layout);
    }

    [Fact]
    public void What_a_folder_has_otherwise_than_the_scenario_stands_in_it()
    {
        Scenario scenario = ScenarioLoader.Load(ShippedScenarios.PathOf("amy-bob"));
        using (IssuedScenario issued = IssuedScenario.Issue(scenario))
        {
            issued.WriteTo(_folder.At("out"));
        }

        File.Delete(_folder.At("out/amy_client.crt"));
        string layout = ScenarioLayout.OfFolder(scenario, _folder.At("out")).ToString();

        Assert.Contains("  certificate file        amy_client.crt, missing\n", layout, StringComparison.Ordinal);
        Assert.NotEqual(ScenarioLayout.Of(scenario).ToString(), layout);
    }

    /// <summary>What was issued is read and not taken on trust, the key and the certificate that were supplied among it.</summary>
    [Fact]
    public void What_an_external_authority_supplied_is_there()
    {
        using IssuedScenario provider = IssuedScenario.Issue(ScenarioLoader.Parse(
            "{ name: provider, authorities: { ca: { subject: /CN=somebody, key: ec-p256 } } }"));
        Scenario scenario = ScenarioLoader.Parse("""
            name: taker
            defaults: { key: ec-p256 }
            authorities: { ca: { external: true } }
            parties: { amy: { client: { subject: /CN=amy, issuer: ca, trusts: [ca] } } }
            """);
        var supplied = new ExternalAuthority(provider.Authority("ca").CertificatePem, provider.Authority("ca").PrivateKeyPem);
        using IssuedScenario issued = IssuedScenario.Issue(
            scenario, new IssuingOptions { ExternalAuthorities = new Dictionary<string, ExternalAuthority> { ["ca"] = supplied } });

        Assert.Equal(ScenarioLayout.Of(scenario).ToString(), ScenarioLayout.Of(issued).ToString());
        Assert.Contains("  key file                ca.key\n", ScenarioLayout.Of(issued).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_folder_it_says_so()
    {
        Scenario scenario = ScenarioLoader.Load(ShippedScenarios.PathOf("amy-bob"));
        Assert.Throws<DirectoryNotFoundException>(() => ScenarioLayout.OfFolder(scenario, _folder.At("nowhere")));
    }

    private static VerifySettings Beside(string name)
    {
        var settings = new VerifySettings();
        settings.UseDirectory("../../scenarios");
        settings.UseFileName(name);
        settings.DisableRequireUniquePrefix();
        return settings;
    }
}
