using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MtlsScenario.Tool.Peers;

/// <summary>Tells the trust anchors that every program takes, the self-issued ones, from those that some do not.</summary>
internal static class TrustAnchors
{
    /// <summary>Whether its issuer is its subject: some programs take only those for anchors.</summary>
    public static bool IsSelfIssued(ReadOnlyMemory<byte> der)
    {
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der.Span);
            return certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
