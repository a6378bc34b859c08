using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace MtlsScenario.Tool.Tests.Applying;

/// <summary>Certificates that others made in a form of their own, and that are taken as they are.</summary>
public sealed class AdoptedCertificateTests : IDisposable
{
    private readonly WorkFolder _folder = new();
    private readonly string _ca;
    private readonly string _bob;

    /// <summary>An authority with a subjectKeyIdentifier of its own kind, which its leaf names; neither says what a key may be used for.</summary>
    public AdoptedCertificateTests()
    {
        using ECDsa caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256), bobKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // Written as the tool writes names, so that the name is no reason to issue anew.
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName("ca");
        var authority = new CertificateRequest(name.Build(), caKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        var identifier = new X509SubjectKeyIdentifierExtension([1, 2, 3, 4], critical: false);
        authority.CertificateExtensions.Add(identifier);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 ca = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(3000));
        var leaf = new CertificateRequest("CN=localhost", bobKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        leaf.CertificateExtensions.Add(names.Build());
        leaf.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        using X509Certificate2 bob = leaf.Create(ca, now.AddDays(-1), now.AddDays(300), [7]);
        Directory.CreateDirectory(_folder.PathOf("shop"));
        _folder.Write("shop/ca.crt", ca.ExportCertificatePem());
        _folder.Write("shop/bob_server.crt", bob.ExportCertificatePem());
        _folder.WriteSecret("shop/ca.key", caKey.ExportPkcs8PrivateKeyPem());
        _folder.WriteSecret("shop/bob_server.key", bobKey.ExportPkcs8PrivateKeyPem());
        (_ca, _bob) = (ca.GetCertHashString(HashAlgorithmName.SHA256), bob.GetCertHashString(HashAlgorithmName.SHA256));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task They_stay_until_they_are_renewed_and_the_lines_that_adopted_them_say_nothing_any_more()
    {
        Write(_ca, _bob);
        Assert.Equal((0, ""), await _folder.RunAsync("plan", "shop.yaml", "--check") is var kept ? (kept.ExitCode, kept.Error) : default);
        (string ca, string bob, string key) = (_folder.Read("shop/ca.crt"), _folder.Read("shop/bob_server.crt"), _folder.Read("shop/bob_server.key"));

        Assert.Equal(0, (await _folder.RunAsync("apply", "shop.yaml", "--renew", "-q")).ExitCode);

        Assert.NotEqual(ca, _folder.Read("shop/ca.crt"));
        Assert.NotEqual(bob, _folder.Read("shop/bob_server.crt"));
        Assert.Equal(key, _folder.Read("shop/bob_server.key"));
        ToolRun after = await _folder.RunAsync("plan", "shop.yaml", "--check");
        Assert.Equal(0, after.ExitCode);
        Assert.Contains("adopted", after.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_names_an_identifier_of_its_authority_that_is_no_more_is_issued_anew_and_it_is_said_why()
    {
        Write(null, _bob);

        ToolRun plan = await _folder.RunAsync("plan", "shop.yaml", "--check");

        Assert.Equal(1, plan.ExitCode);
        Assert.Contains("authorityKeyIdentifier: 01020304, and the subjectKeyIdentifier of ca is ", string.Join(' ', plan.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private void Write(string? ca, string bob) => _folder.Write("shop.yaml", $$"""
        name: shop
        defaults: { key: ec-p256, request: false }
        authorities: { ca: { subject: /CN=ca{{(ca is null ? "" : $", adopted: {ca}")}} } }
        parties: { bob: { server: { subject: /CN=localhost, issuer: ca, trusts: [ca], adopted: {{bob}} } } }
        """);
}
