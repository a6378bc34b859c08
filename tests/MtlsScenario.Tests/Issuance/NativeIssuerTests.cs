using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Tests.Issuance;

public sealed class NativeIssuerTests
{
    private readonly NativeIssuer _issuer = new();

    public static TheoryData<KeyAlgorithm> Algorithms => [.. Enum.GetValues<KeyAlgorithm>()];

    /// <summary>ML-DSA only where the platform's OpenSSL has it; openssl judges it in any case, in tests of their own.</summary>
    public static TheoryData<KeyAlgorithm> AlgorithmsOfThePlatform => [.. Enum.GetValues<KeyAlgorithm>().Where(key => MLDsa.IsSupported || !key.IsMlDsa())];

    [Theory]
    [MemberData(nameof(AlgorithmsOfThePlatform))]
    public void Whatever_the_issuers_key_the_platform_builds_the_chain(KeyAlgorithm algorithm)
    {
        using PrivateKey caKey = PrivateKey.Generate(algorithm);
        using PrivateKey leafKey = PrivateKey.Generate(KeyAlgorithm.EcP256);
        byte[] root = _issuer.SelfSign(Templates.Root(), caKey, Templates.Now);
        byte[] leaf = _issuer.Sign(Templates.Leaf(), leafKey.SubjectPublicKeyInfo.Span, Authority(root, caKey), Templates.Now);

        using X509Certificate2 rootCertificate = X509CertificateLoader.LoadCertificate(root);
        using X509Certificate2 leafCertificate = X509CertificateLoader.LoadCertificate(leaf);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(rootCertificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = Templates.Now.UtcDateTime.AddDays(1);
        Assert.True(chain.Build(leafCertificate), string.Join(' ', chain.ChainStatus.Select(status => status.StatusInformation)));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_certificate_is_signed_by_its_issuers_key_and_by_no_other(KeyAlgorithm algorithm)
    {
        using PrivateKey caKey = PrivateKey.Generate(algorithm);
        using PrivateKey other = PrivateKey.Generate(algorithm);
        byte[] der = _issuer.SelfSign(Templates.Root(), caKey, Templates.Now);
        Assert.True(ParsedCertificate.TryParse(der, out ParsedCertificate? root));
        Assert.True(root.IsSignedBy(caKey.SubjectPublicKeyInfo));
        Assert.False(root.IsSignedBy(other.SubjectPublicKeyInfo));

        // One bit of the subject, then one of the signature.
        foreach (int position in new[] { der.AsSpan().IndexOf("my-ca"u8), der.Length - 1 })
        {
            byte[] forged = [.. der];
            forged[position] ^= 1;
            Assert.True(ParsedCertificate.TryParse(forged, out ParsedCertificate? certificate));
            Assert.False(certificate.IsSignedBy(caKey.SubjectPublicKeyInfo));
        }
    }

    [Fact]
    public void A_certificate_says_what_its_template_says()
    {
        using PrivateKey caKey = PrivateKey.Generate(KeyAlgorithm.EcP256);
        using PrivateKey leafKey = PrivateKey.Generate(KeyAlgorithm.EcP384);
        byte[] root = _issuer.SelfSign(Templates.Root(), caKey, Templates.Now);
        byte[] der = _issuer.Sign(Templates.Leaf(), leafKey.SubjectPublicKeyInfo.Span, Authority(root, caKey), Templates.Now);

        Assert.True(ParsedCertificate.TryParse(der, out ParsedCertificate? leaf));
        Assert.Equal(3, leaf.Version);
        Assert.Equal("/CN=my-ca", leaf.Issuer.ToString());
        Assert.Equal("/CN=localhost", leaf.Subject.ToString());
        Assert.Equal(Templates.Now, leaf.NotBefore);
        Assert.Equal(Templates.Now.AddDays(90), leaf.NotAfter);
        Assert.Equal("EC P-384", leaf.KeyDescription.Text);
        Assert.Equal("ecdsa-with-SHA256", leaf.SignatureAlgorithm.Name);
        Assert.Equal(
            [Oids.BasicConstraints, Oids.KeyUsage, Oids.ExtendedKeyUsage, Oids.SubjectKeyIdentifier,
                Oids.AuthorityKeyIdentifier, Oids.SubjectAltName],
            leaf.Extensions.Select(extension => extension.Oid));
    }

    [Fact]
    public void Random_serials_are_positive_have_159_bits_and_differ()
    {
        using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.Ed25519);
        var template = Templates.Root() with { Serial = SerialNumber.Random.Instance };
        ParsedCertificate[] certificates =
        [
            .. Enumerable.Range(0, 100).Select(_ => Parse(_issuer.SelfSign(template, key, Templates.Now))),
        ];
        Assert.All(certificates, certificate => Assert.True(certificate.SerialNumber.Sign > 0));
        Assert.Equal(100, certificates.Select(certificate => certificate.SerialNumber).Distinct().Count());

        // That the highest bit of 159 is never set in 100 serials has a chance of 2^-100.
        Assert.Equal(159, certificates.Max(certificate => certificate.SerialNumber.GetBitLength()));
    }

    [Fact]
    public void A_fleet_has_its_number_in_the_subject_the_names_and_the_serial()
    {
        using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.EcP256);
        byte[] root = _issuer.SelfSign(Templates.Root(), key, Templates.Now);
        var template = Templates.Leaf(
            Templates.Name(("O", "fleet {n}"), ("CN", "device-{n}")),
            new GeneralName(GeneralNameKind.Uri, "spiffe://x/device/{n}"),
            new GeneralName(GeneralNameKind.Dns, "d{n}.x")) with
        { Serial = SerialNumber.OfReplica.Instance };
        IssuingAuthority authority = Authority(root, key);
        var pattern = new CertificateEncoder(template, authority.Identity, Templates.Now);

        using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(
            _issuer.Sign(pattern, key.SubjectPublicKeyInfo.Span, authority.Key, number: 4711));
        Assert.Equal("CN=device-4711, O=fleet 4711", leaf.Subject);
        Assert.Equal("1267", leaf.SerialNumber);
        string names = leaf.Extensions[Oids.SubjectAltName]!.Format(multiLine: false);
        Assert.Contains("d4711.x", names, StringComparison.Ordinal);
        Assert.Contains("spiffe://x/device/4711", names, StringComparison.Ordinal);
    }

    [Fact]
    public void An_issuer_without_a_key_identifier_leaves_the_authority_key_identifier_out()
    {
        using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.EcP256);
        byte[] root = _issuer.SelfSign(Templates.Root() with { Version = 1, Extensions = [] }, key, Templates.Now);
        ParsedCertificate leaf = Parse(
            _issuer.Sign(Templates.Leaf(), key.SubjectPublicKeyInfo.Span, Authority(root, key), Templates.Now));
        Assert.Null(leaf.Find(Oids.AuthorityKeyIdentifier));
        Assert.NotNull(leaf.Find(Oids.SubjectKeyIdentifier));
    }

    [Fact]
    public void A_key_that_is_not_the_authoritys_cannot_sign_in_its_name()
    {
        using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.EcP256);
        using PrivateKey other = PrivateKey.Generate(KeyAlgorithm.EcP256);
        byte[] root = _issuer.SelfSign(Templates.Root(), key, Templates.Now);
        Assert.Throws<ArgumentException>(() => Authority(root, other));
    }

    [Fact]
    public void A_request_is_read_by_the_platform_with_its_extensions()
    {
        using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.EcP256);
        CertificateRequest request = CertificateRequest.LoadSigningRequest(
            _issuer.Request(Templates.Request(Templates.Leaf()), key),
            HashAlgorithmName.SHA256,
            CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
        Assert.Equal("CN=localhost", request.SubjectName.Name);
        Assert.Equal(5, request.CertificateExtensions.Count);
    }

    private static IssuingAuthority Authority(byte[] certificate, PrivateKey key) => new(Parse(certificate), key);

    private static ParsedCertificate Parse(byte[] der)
    {
        Assert.True(ParsedCertificate.TryParse(der, out ParsedCertificate? certificate));
        return certificate;
    }
}
