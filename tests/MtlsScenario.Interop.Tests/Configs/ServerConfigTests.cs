using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CliWrap.Buffered;
using MtlsScenario.Configs;
using MtlsScenario.Model;
using MtlsScenario.Tests.Handshakes;
using Xunit;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>Runs each server as it is configured, and calls it with curl as that is configured.</summary>
public sealed class ServerConfigTests
{
    private static readonly ImmutableArray<AdmissionPattern> AmyOnly = [new(null, "amy-client"), new(null, "*.clients.example")];

    [Theory]
    [InlineData(nameof(ConfigProgram.Node))]
    [InlineData(nameof(ConfigProgram.OpenSsl))]
    [InlineData(nameof(ConfigProgram.Nginx))]
    [InlineData(nameof(ConfigProgram.Haproxy))]
    [InlineData(nameof(ConfigProgram.Apache))]
    [InlineData(nameof(ConfigProgram.Kestrel))]
    [InlineData(nameof(ConfigProgram.Java))]
    [InlineData(nameof(ConfigProgram.Go))]
    [InlineData(nameof(ConfigProgram.Python))]
    public async Task Only_callers_that_are_verified_and_admitted_get_through(string name)
    {
        var program = Enum.Parse<ConfigProgram>(name);
        ImmutableArray<AdmissionPattern>? admits = program == ConfigProgram.OpenSsl ? null : AmyOnly;
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party == "bob" ? certificate with { Admits = admits } : certificate);
        await using RunningProgram server = await ServerRunner.StartAsync(made, program);

        // nginx says it over HTTP, all others in the handshake.
        string turnedAway = program == ConfigProgram.Nginx ? "400" : "000";
        Assert.Equal("200", await CallAsync(made, "amy"));
        Assert.Equal("200", await CallAsync(made, "amy", "--tls-max 1.2"));
        Assert.Equal(admits is null ? "200" : "403", await CallAsync(made, "carl"));
        Assert.Equal(turnedAway, await CallAsync(made, "mallory"));
        Assert.Equal(turnedAway, await CallAsync(made, "mallory", "--tls-max 1.2"));
        Assert.Equal(turnedAway, await CallAsync(made, "late"));
        Assert.Equal(turnedAway, await CallWithoutCertificateAsync(made));
    }

    [Theory]
    [InlineData(nameof(ConfigProgram.Node))]
    [InlineData(nameof(ConfigProgram.OpenSsl))]
    [InlineData(nameof(ConfigProgram.Nginx))]
    [InlineData(nameof(ConfigProgram.Haproxy))]
    [InlineData(nameof(ConfigProgram.Apache))]
    [InlineData(nameof(ConfigProgram.Kestrel))]
    [InlineData(nameof(ConfigProgram.Java))]
    [InlineData(nameof(ConfigProgram.Go))]
    [InlineData(nameof(ConfigProgram.Python))]
    public async Task A_minimum_of_TLS_1_3_and_a_chain_of_its_own_hold(string name)
    {
        var program = Enum.Parse<ConfigProgram>(name);
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party switch
        {
            "bob" => certificate with { MinimumTls = TlsVersion.Tls13, Certificate = certificate.Certificate with { Issuer = "ica" } },
            _ => certificate with { Trusts = ["root"] },
        });
        await using RunningProgram server = await ServerRunner.StartAsync(made, program);

        Assert.Equal("200", await CallAsync(made, "amy"));
        Assert.Equal("000", await CallAsync(made, "amy", "--tls-max 1.2"));
    }

    [Theory]
    [InlineData(nameof(ConfigProgram.Node))]
    [InlineData(nameof(ConfigProgram.OpenSsl))]
    [InlineData(nameof(ConfigProgram.Kestrel))]
    [InlineData(nameof(ConfigProgram.Java))]
    [InlineData(nameof(ConfigProgram.Go))]
    [InlineData(nameof(ConfigProgram.Python))]
    public async Task A_trust_anchor_may_be_an_intermediate(string name)
    {
        var program = Enum.Parse<ConfigProgram>(name);
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party == "bob" ? certificate with { Trusts = ["ica"] } : certificate);
        await using RunningProgram server = await ServerRunner.StartAsync(made, program);

        Assert.Equal("200", await CallAsync(made, "amy"));
        Assert.Equal("000", await CallAsync(made, "carl"));
        Assert.Equal("000", await CallAsync(made, "mallory"));
        Assert.Equal("000", await CallWithoutCertificateAsync(made));
    }

    [Theory]
    [InlineData(nameof(ConfigProgram.Node))]
    [InlineData(nameof(ConfigProgram.Nginx))]
    [InlineData(nameof(ConfigProgram.Haproxy))]
    [InlineData(nameof(ConfigProgram.Apache))]
    [InlineData(nameof(ConfigProgram.Kestrel))]
    [InlineData(nameof(ConfigProgram.Java))]
    [InlineData(nameof(ConfigProgram.Go))]
    [InlineData(nameof(ConfigProgram.Python))]
    public async Task An_admitted_name_in_another_attribute_or_beside_a_second_one_admits_nobody(string name)
    {
        var program = Enum.Parse<ConfigProgram>(name);
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party switch
        {
            "bob" => certificate with { Admits = AmyOnly },
            "carl" => certificate with { Certificate = certificate.Certificate with { Subject = Subject(("CN", "amy-client"), ("CN", "carl")) } },
            "mallory" => certificate with
            {
                Certificate = certificate.Certificate with { Issuer = "root", Subject = Subject(("O", "x,CN=amy-client"), ("CN", "mallory")) },
            },
            "amy" => certificate with
            {
                Certificate = certificate.Certificate with { Subject = Subject(("O", "Äpfel, \"x\" + \\ #"), ("CN", "a.clients.example")) },
            },
            _ => certificate,
        });
        await using RunningProgram server = await ServerRunner.StartAsync(made, program);

        Assert.Equal("200", await CallAsync(made, "amy"));
        Assert.Equal("403", await CallAsync(made, "carl"));
        Assert.Equal("403", await CallAsync(made, "mallory"));
    }

    [Theory]
    [InlineData(nameof(ConfigProgram.Node))]
    [InlineData(nameof(ConfigProgram.Kestrel))]
    [InlineData(nameof(ConfigProgram.Java))]
    [InlineData(nameof(ConfigProgram.Go))]
    [InlineData(nameof(ConfigProgram.Python))]
    public async Task Callers_are_admitted_by_alternative_names(string name)
    {
        var program = Enum.Parse<ConfigProgram>(name);
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party switch
        {
            "bob" => certificate with
            {
                Admits = [new(GeneralNameKind.Uri, "spiffe://example/*/amy"), new(GeneralNameKind.IpAddress, "2001:db8::1")],
            },
            "amy" => WithNames(certificate, new(GeneralNameKind.Dns, "a.example"), new(GeneralNameKind.Uri, "spiffe://EXAMPLE/ns/amy")),
            "carl" => WithNames(certificate, new(GeneralNameKind.Uri, "x://y/, URI:spiffe://example/ns/amy"), new(GeneralNameKind.Dns, "amy")),
            "mallory" => WithNames(
                certificate with { Certificate = certificate.Certificate with { Issuer = "root" } }, new GeneralName(GeneralNameKind.IpAddress, "2001:db8::1")),
            _ => certificate,
        });
        await using RunningProgram server = await ServerRunner.StartAsync(made, program);

        Assert.Equal("200", await CallAsync(made, "amy"));
        Assert.Equal("403", await CallAsync(made, "carl"));
        Assert.Equal("200", await CallAsync(made, "mallory"));
    }

    /// <summary>Callers of whom a server may make nothing, and that it has to live through.</summary>
    [Theory]
    [InlineData(nameof(ConfigProgram.Node), false)]
    [InlineData(nameof(ConfigProgram.Node), true)]
    [InlineData(nameof(ConfigProgram.OpenSsl), false)]
    [InlineData(nameof(ConfigProgram.Nginx), false)]
    [InlineData(nameof(ConfigProgram.Nginx), true)]
    [InlineData(nameof(ConfigProgram.Haproxy), false)]
    [InlineData(nameof(ConfigProgram.Apache), false)]
    [InlineData(nameof(ConfigProgram.Haproxy), true)]
    [InlineData(nameof(ConfigProgram.Apache), true)]
    [InlineData(nameof(ConfigProgram.Kestrel), false)]
    [InlineData(nameof(ConfigProgram.Kestrel), true)]
    [InlineData(nameof(ConfigProgram.Java), false)]
    [InlineData(nameof(ConfigProgram.Java), true)]
    [InlineData(nameof(ConfigProgram.Go), false)]
    [InlineData(nameof(ConfigProgram.Go), true)]
    [InlineData(nameof(ConfigProgram.Python), false)]
    [InlineData(nameof(ConfigProgram.Python), true)]
    [InlineData(ServedParty.Serve, false)]
    [InlineData(ServedParty.Serve, true)]
    public async Task A_server_lives_through_callers_without_a_common_name_and_with_odd_ones(string program, bool admitsSome)
    {
        ImmutableArray<AdmissionPattern>? admits = admitsSome ? AmyOnly : null;
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party == "bob" ? certificate with { Admits = admits } : certificate);
        await using IAsyncDisposable server = program == ServedParty.Serve
            ? await ServedParty.StartAsync(made, "bob")
            : await ServerRunner.StartAsync(made, Enum.Parse<ConfigProgram>(program));
        string curl = made.WriteClient(ConfigProgram.Curl, "carl")[0].Text
            .Replace("carl_client.key", "odd.key", StringComparison.Ordinal).Replace("carl_client.crt", "odd.crt", StringComparison.Ordinal);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 root = made.Load("root");
        File.WriteAllText(made.At("odd.key"), key.ExportPkcs8PrivateKeyPem());
        List<string> answers = [];
        foreach (OddCaller caller in OddCallers.All.Where(caller => caller.AlternativeNames is null || caller.Label.StartsWith("uri spiffe://mesh.example/ns/prod", StringComparison.Ordinal)))
        {
            using X509Certificate2 certificate = caller.Certify(root, key);
            File.WriteAllText(made.At("odd.crt"), certificate.ExportCertificatePem());
            answers.Add($"{await StatusAsync(made, curl, "")} {caller.Label}");
        }

        string expected = admitsSome ? "403" : "200";

        // Java reads no certificate that says of nobody whose it is (RFC 5280 section 4.1.2.6), Go none with such strings in it.
        string[] unread = program switch
        {
            nameof(ConfigProgram.Java) => ["000 no name at all"],
            nameof(ConfigProgram.Go) => ["000 CN amy, UniversalString", "000 CN amy, BIT STRING", "000 uri spiffe://mesh.example/ns/prod/amy␊"],
            _ => [],
        };
        Assert.Equal([], answers.Where(answer => !unread.Contains(answer) && !answer.StartsWith(expected, StringComparison.Ordinal) && answer != "200 CN x.clients.example" && answer != "200 CN x_1-y.clients.example"));
        Assert.Equal("200", await CallAsync(made, "amy"));
    }

    [Theory]
    [InlineData(nameof(ConfigProgram.Node))]
    [InlineData(nameof(ConfigProgram.OpenSsl))]
    [InlineData(nameof(ConfigProgram.Nginx))]
    [InlineData(nameof(ConfigProgram.Haproxy))]
    [InlineData(nameof(ConfigProgram.Apache))]
    [InlineData(nameof(ConfigProgram.Kestrel))]
    [InlineData(nameof(ConfigProgram.Java))]
    [InlineData(nameof(ConfigProgram.Go))]
    [InlineData(nameof(ConfigProgram.Python))]
    [InlineData(ServedParty.Serve)]
    public async Task A_session_is_not_resumed_without_the_certificate_that_opened_it(string program)
    {
        using ConfiguredScenario made = ConfiguredScenario.Create();
        await using IAsyncDisposable server = program == ServedParty.Serve
            ? await ServedParty.StartAsync(made, "bob")
            : await ServerRunner.StartAsync(made, Enum.Parse<ConfigProgram>(program));
        int port = made.Scenario.Party("bob").Called!.Listen.Port;
        foreach (string version in SessionCall.Versions)
        {
            Assert.Contains(" 200 ", await SessionCall.OpenAsync(made, port, version, "amy_client"), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" 200 ", await SessionCall.ResumeAsync(made, port, version), StringComparison.OrdinalIgnoreCase);
        }
    }

    private static PartyCertificate WithNames(PartyCertificate certificate, params ImmutableArray<GeneralName> names) =>
        certificate with { Certificate = certificate.Certificate with { Names = names } };

    private static DistinguishedName Subject(params ImmutableArray<(string Type, string Value)> attributes) => new(
        [.. attributes.Select(attribute => new RelativeDistinguishedName([new AttributeTypeAndValue(AttributeType.Find(attribute.Type)!, attribute.Value)]))]);

    private static Task<string> CallAsync(ConfiguredScenario made, string party, string options = "") =>
        StatusAsync(made, made.WriteClient(ConfigProgram.Curl, party)[0].Text, options);

    private static Task<string> CallWithoutCertificateAsync(ConfiguredScenario made) =>
        StatusAsync(made, made.WriteClient(ConfigProgram.Curl, "amy", presentsNothing: true)[0].Text, "");

    /// <summary>The status of HTTP; 000 where it did not come to that.</summary>
    private static async Task<string> StatusAsync(ConfiguredScenario made, string curl, string options)
    {
        BufferedCommandResult result = await Shell.RunAsync(
            made.Folder, string.Create(CultureInfo.InvariantCulture, $"{curl.TrimEnd()} {options} -s -o answer.txt -w '%{{http_code}}'"));
        return result.StandardOutput;
    }
}
