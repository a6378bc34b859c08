using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace MtlsScenario.Tool.Tests.Layouts;

/// <summary>What <c>show</c>, <c>snapshot</c>, <c>graph</c> and <c>report</c> say of what is revoked, and of CRLs.</summary>
public sealed class RevocationOutputTests : IDisposable
{
    private const string Scenario = """
        name: small
        defaults: { key: ec-p256 }
        authorities:
          ca: { subject: /CN=my-ca, lifetime: 730d, revokes: [{ serial: 17, reason: superseded }], crl: { lifetime: 30d } }
        parties:
          bob:
            server: { subject: /CN=localhost, issuer: ca, revocation: crl }
          amy:
            client: { subject: /CN=amy-client, issuer: ca, revoked: { reason: keyCompromise, at: 2026-01-02T03:04:05Z } }
          device:
            replicas: 3
            client: { subject: "/CN=device-{n}", issuer: ca, revoked: { of: [2] } }
        connections:
          - { from: amy, to: bob, expect: rejected, by: server, because: revoked }
          - device[1] -> bob
          - { from: "device[2]", to: bob, expect: rejected, by: server, because: revoked }
        """;

    private readonly WorkFolder _folder = new();

    public RevocationOutputTests() => _folder.Write("small.yaml", Scenario);

    [Fact]
    public async Task A_list_is_shown_with_its_entries_and_the_certificates_with_what_it_says_of_them()
    {
        await _folder.RunAsync("apply", "small.yaml");
        using X509Certificate2 amy = X509CertificateLoader.LoadCertificateFromFile(_folder.PathOf("small/amy_client.crt"));
        string alone = (await _folder.RunAsync("show", "small/ca.crl")).Output;
        Assert.StartsWith("ca.crl: CRL\n  version                 v2\n", alone, StringComparison.Ordinal);
        Assert.Contains("  issuer                  /CN=my-ca, not here\n", alone, StringComparison.Ordinal);
        Assert.Contains($"0x{amy.SerialNumber}", alone, StringComparison.Ordinal);

        foreach (string what in new[] { "small", "small.yaml" })
        {
            string all = Unwrapped((await _folder.RunAsync("show", what)).Output);
            Assert.Contains("revokedCertificates 3", all, StringComparison.Ordinal);
            Assert.Contains($"amy_client, 0x{amy.SerialNumber}, keyCompromise, since 2026-01-02T03:04:05Z", all, StringComparison.Ordinal);
            Assert.Contains("17, superseded, since ", all, StringComparison.Ordinal);
            Assert.Contains("device-2_client, 0x", all, StringComparison.Ordinal);
            Assert.Contains("revoked keyCompromise, since 2026-01-02T03:04:05Z", all, StringComparison.Ordinal);
            Assert.Contains("issuer /CN=my-ca (ca) thisUpdate", all, StringComparison.Ordinal);
            Assert.Contains("CRL file ca.crl CRL file bob_server.crl", all, StringComparison.Ordinal);
            Assert.DoesNotContain("other files ca.crl", all, StringComparison.Ordinal);
        }

        using JsonDocument json = JsonDocument.Parse((await _folder.RunAsync("show", "small", "--json")).Output);
        JsonElement list = Assert.Single(json.RootElement.GetProperty("crls").EnumerateArray());
        Assert.Equal(("ca", 29), (list.GetProperty("authority").GetString(), list.GetProperty("daysLeft").GetInt32()));
        Assert.Contains(list.GetProperty("revokedCertificates").EnumerateArray(), entry =>
            entry.GetProperty("certificate").GetString() == "amy_client" && entry.GetProperty("reason").GetString() == "keyCompromise");
        Assert.Equal(
            ["amy_client", "device-2_client"],
            json.RootElement.GetProperty("certificates").EnumerateArray().Where(one => one.GetProperty("revoked").ValueKind == JsonValueKind.String).Select(one => one.GetProperty("stem").GetString()));
    }

    /// <summary>Made by .NET, in DER and PEM; one that is forged, and one that is damaged.</summary>
    [Fact]
    public async Task A_list_that_others_made_is_shown_with_who_signed_it()
    {
        using X509Certificate2 root = Root(), other = Root();
        var builder = new CertificateRevocationListBuilder();
        builder.AddEntry([0x11], new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), X509RevocationReason.CertificateHold);
        byte[] good = builder.Build(root, 7, DateTimeOffset.UtcNow.AddDays(-1), HashAlgorithmName.SHA384, null, DateTimeOffset.UtcNow.AddDays(-3));
        byte[] forged = builder.Build(other, 8, DateTimeOffset.UtcNow.AddDays(1), HashAlgorithmName.SHA256);
        _folder.Write("x/root.crt", root.ExportCertificatePem());
        File.WriteAllBytes(_folder.PathOf("x/good.crl"), good);
        _folder.Write("x/forged.pem", PemEncoding.WriteString("X509 CRL", forged));
        _folder.Write("x/bad.pem", PemEncoding.WriteString("X509 CRL", good.AsSpan()[..^1]));

        string text = Unwrapped((await _folder.RunAsync("show", "x")).Output);
        Assert.Contains("good.crl: CRL version v2 signature ecdsa-with-SHA384 issuer /CN=other (root)", text, StringComparison.Ordinal);
        Assert.Contains("expired 1 day ago revokedCertificates 1 17, certificateHold, since 2026-01-02T03:04:05Z", text, StringComparison.Ordinal);
        Assert.Contains("cRLNumber 7", text, StringComparison.Ordinal);
        Assert.Contains("forged.pem: CRL version v2 signature ecdsa-with-SHA256 issuer /CN=other, not signed by the key of root", text, StringComparison.Ordinal);
        Assert.EndsWith("other files bad.pem: a CRL that cannot be read ", text, StringComparison.Ordinal);

        static X509Certificate2 Root()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=other", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.CrlSign, true));
            return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(10));
        }
    }

    [Fact]
    public async Task A_snapshot_tells_what_is_revoked_and_notices_where_the_folder_says_otherwise()
    {
        await _folder.RunAsync("snapshot", "small.yaml", "--accept");
        string accepted = Unwrapped(_folder.Read("small.verified.txt"));
        Assert.Contains("CRL 30d from issuance revokes 17: superseded", accepted, StringComparison.Ordinal);
        Assert.Contains("revoked keyCompromise, since 2026-01-02T03:04:05Z", accepted, StringComparison.Ordinal);
        Assert.Contains("revoked replicas 2, without a reason", accepted, StringComparison.Ordinal);
        Assert.Contains("checks CRLs of ca", accepted, StringComparison.Ordinal);
        await _folder.RunAsync("apply", "small.yaml");
        Assert.Equal(0, (await _folder.RunAsync("snapshot", "small.yaml", "-d", "small")).ExitCode);

        // A list of another scenario of the same authority: nobody of this one is on it, and one is that should not be.
        string other = Scenario
            .Replace(", revoked: { reason: keyCompromise, at: 2026-01-02T03:04:05Z }", "", StringComparison.Ordinal)
            .Replace("of: [2]", "of: [3]", StringComparison.Ordinal).Replace("serial: 17", "serial: 18", StringComparison.Ordinal).Replace("30d", "31d", StringComparison.Ordinal);
        File.Delete(_folder.PathOf("small/ca.crl"));
        File.Delete(_folder.PathOf("small/bob_server.crl"));
        _folder.Write("other.yaml", other);
        await _folder.RunAsync("apply", "other.yaml", "-d", "small");
        ToolRun differs = await _folder.RunAsync("snapshot", "small.yaml", "-d", "small");
        Assert.Equal(1, differs.ExitCode);
        string received = Unwrapped(_folder.Read("small.received.txt"));
        Assert.Contains("CRL file ca.crl, without serial 17", received, StringComparison.Ordinal);
        Assert.Contains("fault on no CRL of ca", received, StringComparison.Ordinal);
        Assert.Contains("fault device-2_client differs: ", received, StringComparison.Ordinal);
        Assert.Contains("device-3_client differs: ", received, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("svg", "<rect class=\"certificate revoked\"")]
    [InlineData("dot", "style=dashed color=\"#b3261e\"]")]
    [InlineData("mermaid", "stroke-dasharray:2 3")]
    public async Task A_drawing_marks_what_is_revoked_altogether(string format, string mark)
    {
        string drawing = (await _folder.RunAsync("graph", "small.yaml", "-f", format)).Output;
        Assert.Equal(2, drawing.Split(mark).Length);
        foreach (string text in new[] { "revoked: keyCompromise, since 2026-01-02T03:04:05Z", "revoked: replicas 2, without a reason", "issues a CRL, 30d", "checks CRLs" })
        {
            Assert.Contains(text.Split(' ')[^1], drawing, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_has_the_lists_on_its_time_line_and_says_when_the_first_expires(bool isApplied)
    {
        if (isApplied)
        {
            await _folder.RunAsync("apply", "small.yaml");
        }

        string page = (await _folder.RunAsync("report", "small.yaml", "--no-test", "-o", "-")).Output;
        Assert.Matches("First to expire: <a href=\"#certificate-5\">ca.crl</a>, [0-9TZ:-]+. First CRL to expire: <a href=\"#certificate-5\">ca.crl</a>", page);
        Assert.Contains("<a href=\"#certificate-5\">ca.crl</a><span class=\"quiet\">CRL of ca</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"status untried\">revoked: keyCompromise, since 2026-01-02T03:04:05Z</span>", page, StringComparison.Ordinal);
        Assert.Equal(isApplied, page.Contains("<dt>revokedCertificates</dt>", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static string Unwrapped(string text) => Regex.Replace(text, @"\s+", " ");
}
