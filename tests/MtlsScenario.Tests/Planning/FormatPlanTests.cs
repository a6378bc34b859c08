using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using Xunit;

namespace MtlsScenario.Tests.Planning;

/// <summary>What the plan says of the formats that a party's files are written in besides PEM.</summary>
public sealed class FormatPlanTests
{
    private const string All = "p12, { truststore: { password: { env: T } } }, pem, der, traditional, encrypted, p7b, kubernetes";

    [Fact]
    public void Each_format_is_made_of_the_files_that_it_holds() => Assert.Equal(
        """
        bob_server.p12 < bob_server.key bob_server.chain.crt $K
        bob_server.trust.p12 < ca.crt other.crt $T
        bob_server.pem < bob_server.key bob_server.chain.crt
        bob_server.crt.der < bob_server.crt
        bob_server.key.der < bob_server.key
        bob_server.traditional.key < bob_server.key
        bob_server.encrypted.key < bob_server.key $K
        bob_server.p7b < bob_server.chain.crt
        bob_server.secret.yaml < bob_server.key bob_server.chain.crt bob_server.trust.crt
        bob_server.trust.yaml < bob_server.trust.crt
        amy-{n}_client.trust.p12 < ca.crt changeit
        amy-{n}_client.pem < amy-{n}_client.key amy-{n}_client.crt
        mute_client.secret.yaml < mute_client.key mute_client.crt
        """,
        string.Join('\n', Formats(PlanOf("flat")).Select(Line)));

    /// <summary>Whatever is in a folder is made of that folder's files, so no key is in any but its own.</summary>
    [Fact]
    public void By_party_a_format_is_made_of_what_its_holder_has()
    {
        Plan plan = PlanOf("by-party");

        Assert.Equal(13, Formats(plan).Count());
        Assert.All(Formats(plan), format => Assert.All(format.Inputs.Add(format.Output), file => Assert.Equal(FolderOf(format.Output), FolderOf(file))));
        HashSet<string> made = [.. plan.Certificates.SelectMany(certificate => certificate.Steps).Concat(plan.FinalSteps.Select(final => final.Step)).Select(step => step.Output)];
        Assert.All(Formats(plan), format => Assert.Subset(made, format.Inputs.ToHashSet()));
    }

    [Fact]
    public void What_a_certificate_says_replaces_the_default_list()
    {
        Scenario scenario = Parse("""
            name: x
            defaults: { formats: [p12, traditional], password: { file: secret } }
            authorities: { ca: { subject: /CN=ca } }
            parties:
              a: { server: { subject: /CN=localhost, issuer: ca, formats: [] } }
              b: { client: { subject: /CN=b, issuer: ca, formats: [pem], password: { env: B } } }
              c: { client: { subject: /CN=c, issuer: ca, key: ed25519 } }
            connections: [b -> a, c -> a]
            """);

        Assert.Equal(
            ["a [] secret", "b [CombinedPem] $B", "c [Pkcs12] secret"],
            scenario.Parties.Select(party => $"{party.Name} [{string.Join(' ', party.Certificates[0].Formats.Select(format => format.Kind))}] {party.Certificates[0].Password}"));
    }

    [Fact]
    public void A_trust_store_that_Dotnet_does_not_read_has_a_warning()
    {
        string authorities = string.Join('\n', Enumerable.Range(1, 201).Select(number => $"  ca{number}: {{ subject: /CN=ca{number} }}"));
        string trusts = string.Join(", ", Enumerable.Range(1, 201).Select(number => $"ca{number}"));
        string yaml = $"name: x\nauthorities:\n{authorities}\nparties: {{ a: {{ server: {{ subject: /CN=localhost, issuer: ca1, trusts: [{trusts}], formats: [truststore] }} }} }}\n";

        Diagnostic warning = Assert.Single(ScenarioReader.Read("x", System.Text.Encoding.UTF8.GetBytes(yaml)).Diagnostics);

        Assert.Equal("large-trust-store: a's server certificate has a trust store of 201 certificates, and .NET reads at most 200", $"{warning.Code}: {warning.Message}");
    }

    private static Plan PlanOf(string folders) => Planner.For(Parse($$"""
        name: formats
        folders: {{folders}}
        authorities:
          ca: { subject: /CN=ca }
          sub: { subject: /CN=sub, issuer: ca }
          other: { subject: /CN=other }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: sub, trusts: [ca, other], formats: [{{All}}], password: { env: K } } }
          amy: { replicas: 3, client: { subject: "/CN=amy-{n}", issuer: sub, presents: leaf, trusts: [ca], formats: [truststore, pem] } }
          mute: { client: { subject: /CN=mute, issuer: sub, presents: leaf, trusts: [], formats: [truststore, kubernetes] } }
        """));

    private static Scenario Parse(string yaml) => ScenarioLoader.Parse(yaml);

    private static IEnumerable<WriteFormat> Formats(Plan plan) => plan.FinalSteps.Select(final => final.Step).OfType<WriteFormat>();

    private static string Line(WriteFormat format)
    {
        string password = format.HasPassword ? $" {format.Password?.ToString() ?? "changeit"}" : "";
        return $"{format.FormatFile} < {string.Join(' ', format.Inputs)}{password}";
    }

    private static string FolderOf(string path) => path[..path.LastIndexOf('/')];
}
