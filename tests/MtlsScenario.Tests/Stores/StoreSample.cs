using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Stores;
using MtlsScenario.Tests.Issuance;
using MtlsScenario.X509;

namespace MtlsScenario.Tests.Stores;

/// <summary>A key, its certificate and the intermediate above that, to be put into stores.</summary>
internal sealed class StoreSample : IDisposable
{
    public const string Alias = "bob_server";

    private readonly PrivateKey _key;

    public StoreSample(KeyAlgorithm algorithm = KeyAlgorithm.EcP256)
    {
        _key = PrivateKey.Generate(algorithm);
        using PrivateKey rootKey = PrivateKey.Generate(KeyAlgorithm.EcP256);
        using PrivateKey aboveKey = PrivateKey.Generate(KeyAlgorithm.EcP384);
        var issuer = new NativeIssuer();
        CertificateTemplate above = Templates.Root("above") with { Serial = new SerialNumber.Fixed(2) };
        byte[] root = issuer.SelfSign(Templates.Root(), rootKey, Templates.Now);
        byte[] intermediate = issuer.Sign(above, aboveKey.SubjectPublicKeyInfo.Span, Authority(root, rootKey), Templates.Now);
        byte[] leaf = issuer.Sign(Templates.Leaf(), _key.SubjectPublicKeyInfo.Span, Authority(intermediate, aboveKey), Templates.Now);
        (Pkcs8, Chain, Anchors) = (_key.ExportPkcs8(), [leaf, intermediate], [("my-ca", root), ("above", intermediate)]);
    }

    public byte[] Pkcs8 { get; }

    public ReadOnlyMemory<byte>[] Chain { get; }

    public (string Alias, ReadOnlyMemory<byte> Certificate)[] Anchors { get; }

    /// <summary>The key in PEM.</summary>
    public byte[] KeyPem => _key.ExportPem();

    /// <summary>The chain in PEM.</summary>
    public byte[] ChainPem => [.. Chain.SelectMany(certificate => Pem.Encode(Pem.Certificate, certificate.Span))];

    public byte[] Identity(Password password, StoreEncryption encryption = StoreEncryption.Aes256) =>
        Pkcs12Writer.Identity(Alias, Pkcs8, Chain, password, IdentityDraws.Draw(encryption));

    public void Dispose() => _key.Dispose();

    private static IssuingAuthority Authority(byte[] certificate, PrivateKey key) =>
        ParsedCertificate.TryParse(certificate, out ParsedCertificate? parsed) ? new IssuingAuthority(parsed, key) : throw new InvalidOperationException();
}
