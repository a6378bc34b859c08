using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MtlsScenario.Tests.Handshakes;

/// <summary>Certificates made with the platform's <see cref="CertificateRequest"/>, right and wrong ones.</summary>
internal sealed class CertificateMaker : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    public static DateTimeOffset Now { get; } = DateTimeOffset.UtcNow;

    public X509Certificate2 Root(string name = "root", params IEnumerable<X509Extension> extensions) =>
        Make(name, null, [.. Authority(), .. extensions]);

    public X509Certificate2 Intermediate(
        X509Certificate2 issuer, string name = "intermediate", params IEnumerable<X509Extension> extensions) =>
        Make(name, issuer, [.. Authority(), .. extensions]);

    public X509Certificate2 Leaf(X509Certificate2 issuer, params IEnumerable<X509Extension> extensions) =>
        Make("leaf", issuer, [new X509BasicConstraintsExtension(false, false, 0, true), .. extensions]);

    /// <summary>A certificate for a key of the caller's, such as no stack makes any more. The caller disposes of it.</summary>
    public static X509Certificate2 Weak(X509Certificate2 issuer, RSA key)
    {
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(Dns("localhost"));
        using ECDsa issuerKey = issuer.GetECDsaPrivateKey()!;
        return request.Create(
            issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), Now.AddDays(-1), Now.AddDays(30), [1, 2, 3]);
    }

    /// <summary>A certificate with its private key; an extension replaces an earlier one of its kind.</summary>
    public X509Certificate2 Make(
        string name,
        X509Certificate2? issuer,
        IEnumerable<X509Extension> extensions,
        DateTimeOffset? from = null,
        DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        foreach (X509Extension extension in extensions.GroupBy(extension => extension.Oid!.Value).Select(same => same.Last()))
        {
            request.CertificateExtensions.Add(extension);
        }

        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (issuer?.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } identifier)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        }

        using ECDsa? issuerKey = issuer?.GetECDsaPrivateKey();
        byte[] serial = RandomNumberGenerator.GetBytes(8);
        serial[0] = 1;
        using X509Certificate2 certificate = request.Create(
            issuer?.SubjectName ?? request.SubjectName,
            X509SignatureGenerator.CreateForECDsa(issuerKey ?? key),
            from ?? Now.AddDays(-1),
            until ?? Now.AddDays(30),
            serial);
        X509Certificate2 whole = certificate.CopyWithPrivateKey(key);
        _owned.Add(whole);
        return whole;
    }

    public static X509Extension Purpose(string oid) => new X509EnhancedKeyUsageExtension([new Oid(oid)], false);

    public static X509Extension Dns(string name)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        return names.Build();
    }

    public static X509Extension PathLength(int length) => new X509BasicConstraintsExtension(true, true, length, true);

    /// <summary>nameConstraints that permit a DNS subtree alone.</summary>
    public static X509Extension PermittedDns(string tree)
    {
        byte[] name = System.Text.Encoding.ASCII.GetBytes(tree);
        byte[] subtree = [0x30, (byte)(name.Length + 2), 0x82, (byte)name.Length, .. name];
        byte[] permitted = [0xA0, (byte)subtree.Length, .. subtree];
        return new X509Extension("2.5.29.30", [0x30, (byte)permitted.Length, .. permitted], critical: true);
    }

    public void Dispose() => _owned.ForEach(owned => owned.Dispose());

    private static IEnumerable<X509Extension> Authority() =>
    [
        new X509BasicConstraintsExtension(true, false, 0, true),
        new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true),
    ];
}
