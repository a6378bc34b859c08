using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MtlsScenario.Tests.Handshakes;

/// <summary>A caller with odd names.</summary>
/// <param name="Label">What is odd.</param>
/// <param name="Subject">The subject, DER.</param>
/// <param name="AlternativeNames">The value of subjectAltName; null for none.</param>
internal sealed record OddCaller(string Label, byte[] Subject, byte[]? AlternativeNames)
{
    /// <summary>Its certificate, without its key. The caller disposes of it.</summary>
    /// <param name="issuer">Who signs, with the key.</param>
    /// <param name="key">Its key.</param>
    public X509Certificate2 Certify(X509Certificate2 issuer, ECDsa key)
    {
        var request = new CertificateRequest(new X500DistinguishedName(Subject), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(CertificateMaker.ClientAuth)], critical: false));
        if (AlternativeNames is not null)
        {
            request.CertificateExtensions.Add(new X509Extension("2.5.29.17", AlternativeNames, critical: false));
        }

        using ECDsa issuerKey = issuer.GetECDsaPrivateKey()!;
        return request.Create(
            issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), issuer.NotBefore, issuer.NotAfter, [1, .. RandomNumberGenerator.GetBytes(8)]);
    }
}
