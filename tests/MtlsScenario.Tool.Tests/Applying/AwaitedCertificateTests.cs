using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Xunit;

namespace MtlsScenario.Tool.Tests.Applying;

/// <summary>A company's CA, whose key is elsewhere: what goes to it, what comes back, and what is said of that.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AwaitedCertificateTests : IDisposable
{
    private const string Awaited = """
        Awaited:
          send bob_server.csr to company, and put its certificate there as bob_server.crt
          send amy_client.csr to company, and put its certificate there as amy_client.crt

        """;

    private static readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    private readonly WorkFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _company;

    public AwaitedCertificateTests()
    {
        var request = new CertificateRequest("CN=company", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _company = request.CreateSelfSigned(_now.AddDays(-1), _now.AddDays(3650));
        _folder.Write("shop.yaml", """
            name: shop
            defaults: { key: ec-p256 }
            authorities:
              company: { external: true }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: company } }
              amy: { client: { subject: /CN=amy, issuer: company, formats: [p12] } }
            connections: [amy -> bob]
            """);
        _folder.Write("shop/company.crt", _company.ExportCertificatePem());
    }

    public void Dispose()
    {
        _folder.Dispose();
        _company.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task Keys_and_requests_are_made_and_everybody_says_what_is_awaited_until_it_is_there()
    {
        ToolRun asked = await _folder.RunAsync("apply", "shop.yaml");
        Assert.Equal((0, ""), (asked.ExitCode, asked.Error));
        Assert.EndsWith(Awaited, asked.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["amy_client.csr", "amy_client.key", "bob_server.csr", "bob_server.key", "company.crt"],
            Directory.GetFiles(_folder.PathOf("shop")).Select(Path.GetFileName).Where(name => !name!.StartsWith('.')).Order(StringComparer.Ordinal));

        ToolRun again = await _folder.RunAsync("apply", "shop.yaml");
        Assert.Equal((0, $"Nothing to do in ./shop until others have sent what is awaited.\n{Awaited}"), (again.ExitCode, again.Output));
        ToolRun plan = await _folder.RunAsync("plan", "shop.yaml", "--check", "--json");
        Assert.Equal(1, plan.ExitCode);
        JsonNode json = JsonNode.Parse(plan.Output)!;
        Assert.False(json["inStep"]!.GetValue<bool>());
        Assert.Equal(["bob_server.csr", "amy_client.csr"], json["awaited"]!.AsArray().Select(one => one!["request"]!.GetValue<string>()));
        Assert.Contains("bob_server: server of bob, awaited", await OutputOfAsync("show", "shop.yaml"), StringComparison.Ordinal);
        Assert.Contains("server, awaited", await OutputOfAsync("graph", "shop.yaml", "--format", "tree"), StringComparison.Ordinal);
        Assert.Equal(0, (await _folder.RunAsync("report", "shop.yaml", "-o", "shop.html", "--no-test")).ExitCode);
        Assert.Contains("– awaited", _folder.Read("shop.html"), StringComparison.Ordinal);
        ToolRun test = await _folder.RunAsync("test", "shop.yaml");
        Assert.Equal(3, test.ExitCode);
        Assert.Contains("not tried  amy_client.crt is awaited from company", test.Output + test.Error, StringComparison.Ordinal);
        ToolRun served = await _folder.RunAsync("serve", "shop.yaml", "bob", "--listen", "localhost:0");
        Assert.Equal(3, served.ExitCode);
        Assert.Contains("bob_server.crt is awaited from company", served.Error, StringComparison.Ordinal);

        // Nobody knows yet what will be sent.
        ToolRun rollout = await _folder.RunAsync("rollout", "shop.yaml");
        Assert.Equal(3, rollout.ExitCode);
        Assert.Contains("amy_client.crt is awaited from company", rollout.Output + rollout.Error, StringComparison.Ordinal);

        Answer("bob_server");
        Answer("amy_client");
        ToolRun arrived = await _folder.RunAsync("apply", "shop.yaml");
        Assert.Equal((0, ""), (arrived.ExitCode, arrived.Error));
        Assert.Contains("amy_client.p12", arrived.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _folder.RunAsync("plan", "shop.yaml", "--check")).ExitCode);
        Assert.Equal((0, ""), await _folder.RunAsync("test", "shop.yaml") is var passed ? (passed.ExitCode, passed.Error) : default);
    }

    /// <summary>How what was sent differs from the scenario, and what is said of it.</summary>
    public static TheoryData<string, string> Differences() => new()
    {
        { "issuer", "issuer: /CN=other -> /CN=company" },
        { "signature", "issuer: not signed by the key of company" },
        { "subject", "/CN=eve -> /CN=localhost" },
        { "names", "names: elsewhere.example -> localhost" },
        { "usage", "extendedKeyUsage" },
        { "ended", "it ended" },
        { "written", "lifetime: 90d -> 30d" },
        { "later", "it begins" },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task What_differs_is_named_and_stays(string what, string said)
    {
        await _folder.RunAsync("apply", "shop.yaml");
        Answer("amy_client");
        Answer("bob_server", what);
        _folder.Write("shop.yaml", _folder.Read("shop.yaml").Replace("issuer: company }", what == "written" ? "issuer: company, lifetime: 30d }" : "issuer: company }", StringComparison.Ordinal));
        string sent = _folder.Read("shop/bob_server.crt");

        ToolRun run = await _folder.RunAsync("apply", "shop.yaml");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("warning: bob_server.crt differs from the scenario, and is left as it is: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Equal(what is "issuer" or "signature" or "ended", run.Output.Contains("send bob_server.csr to company", StringComparison.Ordinal));
        Assert.Equal(sent, _folder.Read("shop/bob_server.crt"));
        Assert.Equal(sent, await _folder.RunAsync("apply", "shop.yaml", "--renew") is { ExitCode: 0 } ? _folder.Read("shop/bob_server.crt") : null);
    }

    [Theory]
    [InlineData("another key", "bob_server.crt is not for bob_server.key: it has another key")]
    [InlineData("no certificate", "bob_server.crt is unusable")]
    [InlineData("no key", "bob_server.crt is there, and bob_server.key, for which it was issued, is not")]
    [InlineData("another kind", "bob_server.crt is for the bob_server.key that would be replaced")]
    public async Task What_is_no_certificate_for_that_key_is_an_error_and_nothing_is_written(string what, string said)
    {
        await _folder.RunAsync("apply", "shop.yaml");
        Answer("bob_server");
        switch (what)
        {
            case "another key":
                Answer("amy_client");
                File.Copy(_folder.PathOf("shop/amy_client.crt"), _folder.PathOf("shop/bob_server.crt"), overwrite: true);
                break;
            case "no certificate":
                _folder.Write("shop/bob_server.crt", "in a minute\n");
                break;
            case "no key":
                File.Delete(_folder.PathOf("shop/bob_server.key"));
                break;
            default:
                _folder.Write("shop.yaml", _folder.Read("shop.yaml").Replace("ec-p256", "rsa-2048", StringComparison.Ordinal));
                break;
        }

        Dictionary<string, string> before = Contents();
        ToolRun run = await _folder.RunAsync("apply", "shop.yaml");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"error: {said}", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task One_that_is_due_is_asked_for_again_once_and_by_a_new_request()
    {
        await _folder.RunAsync("apply", "shop.yaml");
        Answer("bob_server");
        Answer("amy_client");
        await _folder.RunAsync("apply", "shop.yaml");
        (string key, string request) = (_folder.Read("shop/bob_server.key"), _folder.Read("shop/bob_server.csr"));
        var late = new InProcessSetup { Time = new StoppedClock(_now.AddDays(80)) };

        ToolRun due = await _folder.RunInProcessAsync(late, "apply", "shop.yaml");

        Assert.Equal(0, due.ExitCode);
        Assert.EndsWith(Awaited, due.Output, StringComparison.Ordinal);
        string second = _folder.Read("shop/bob_server.csr");
        Assert.NotEqual(request, second);
        Assert.Equal(key, _folder.Read("shop/bob_server.key"));
        Assert.Contains("Nothing to do", (await _folder.RunInProcessAsync(late, "apply", "shop.yaml")).Output, StringComparison.Ordinal);
        Assert.Equal(second, _folder.Read("shop/bob_server.csr"));
        Answer("bob_server", from: 79);
        Answer("amy_client", from: 79);
        Assert.Equal(0, (await _folder.RunInProcessAsync(late, "apply", "shop.yaml", "-q")).ExitCode);
        Assert.Equal(0, (await _folder.RunInProcessAsync(late, "plan", "shop.yaml", "--check")).ExitCode);
    }

    [Fact]
    public async Task A_party_s_own_is_provided_with_its_key_and_what_is_written_of_it_is_checked()
    {
        await _folder.RunAsync("apply", "shop.yaml");
        Answer("bob_server");
        Answer("amy_client");
        _folder.Write("mail.yaml", """
            name: mail
            authorities:
              company: { external: true }
            parties:
              bob: { server: { external: true, trusts: [company] } }
              amy: { client: { external: true, subject: /CN=eve, issuer: company, trusts: [company] } }
            connections: [amy -> bob]
            """);
        ToolRun nothing = await _folder.RunAsync("apply", "mail.yaml");
        Assert.Equal(0, nothing.ExitCode);
        Assert.Equal(
            ["bob_server.key", "bob_server.crt", "company.crt", "amy_client.key", "amy_client.crt"],
            nothing.Output.Split('\n').Where(line => line.EndsWith(" is provided: put it there", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[0]));
        Directory.Delete(_folder.PathOf("mail"), recursive: true);
        Directory.Move(_folder.PathOf("shop"), _folder.PathOf("mail"));
        Dictionary<string, string> before = Contents("mail");

        ToolRun run = await _folder.RunAsync("apply", "mail.yaml", "--renew", "--new-key", "all");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            "warning: amy_client.crt differs from the scenario, and is left as it is: subject: /CN=amy -> /CN=eve",
            Assert.Single(run.Error.Split('\n'), line => line.Contains("differs", StringComparison.Ordinal)));
        Assert.Equal(before, Contents("mail"));
        Assert.Equal(0, (await _folder.RunAsync("test", "mail.yaml")).ExitCode);
        File.Copy(_folder.PathOf("mail/amy_client.key"), _folder.PathOf("mail/bob_server.key"), overwrite: true);
        ToolRun mixed = await _folder.RunAsync("apply", "mail.yaml");
        Assert.Equal(3, mixed.ExitCode);
        Assert.Contains("error: bob_server.crt is not for bob_server.key: it has another key", mixed.Error, StringComparison.Ordinal);
    }

    /// <summary>The company signs a request, with what is wrong on purpose.</summary>
    private void Answer(string stem, string wrong = "", int from = -1)
    {
        CertificateRequest request = CertificateRequest.LoadSigningRequestPem(
            _folder.Read($"shop/{stem}.csr"), HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (wrong == "subject")
        {
            request = new CertificateRequest(new X500DistinguishedName("CN=eve"), request.PublicKey, HashAlgorithmName.SHA256);
        }

        if (wrong is "names" or "usage" or "subject")
        {
            request.CertificateExtensions.Clear();
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(wrong == "names" ? "elsewhere.example" : "localhost");
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(wrong == "usage" ? "1.3.6.1.5.5.7.3.2" : "1.3.6.1.5.5.7.3.1")], false));
        }

        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_company, true, false));
        (int begins, int ends) = wrong switch { "ended" => (-9, -2), "later" => (2, 90), _ => (from, from + 90) };
        using X509Certificate2 certificate = request.Create(
            new X500DistinguishedName(wrong == "issuer" ? "CN=other" : "CN=company"),
            X509SignatureGenerator.CreateForECDsa(wrong == "signature" ? strange : _key),
            _now.AddDays(begins), _now.AddDays(ends), RandomNumberGenerator.GetBytes(16).Select((value, index) => index == 0 ? (byte)1 : value).ToArray());
        _folder.Write($"shop/{stem}.crt", certificate.ExportCertificatePem());
    }

    private async Task<string> OutputOfAsync(params string[] arguments)
    {
        ToolRun run = await _folder.RunAsync(arguments);
        Assert.Equal(0, run.ExitCode);
        return run.Output;
    }

    private Dictionary<string, string> Contents(string folder = "shop") => Directory.GetFiles(_folder.PathOf(folder))
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
