using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MtlsScenario.Tests.Handshakes;

/// <summary>Two roots of one name without key identifiers, and a leaf that the first signed: nothing tells them apart but the signature.</summary>
internal sealed class RootsWithoutIdentifiers : IDisposable
{
    public RootsWithoutIdentifiers()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        First = Root(key);
        Second = Root(otherKey);
        var request = new CertificateRequest("CN=leaf", otherKey, HashAlgorithmName.SHA256);
        Leaf = request.Create(
            First.SubjectName,
            X509SignatureGenerator.CreateForECDsa(key),
            CertificateMaker.Now.AddDays(-1),
            CertificateMaker.Now.AddDays(1),
            [1]);
    }

    public X509Certificate2 First { get; }

    public X509Certificate2 Second { get; }

    public X509Certificate2 Leaf { get; }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        Leaf.Dispose();
    }

    private static X509Certificate2 Root(ECDsa key)
    {
        var request = new CertificateRequest("CN=root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(CertificateMaker.Now.AddDays(-1), CertificateMaker.Now.AddDays(1));
    }
}
