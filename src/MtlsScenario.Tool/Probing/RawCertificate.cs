using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace MtlsScenario.Tool.Probing;

/// <summary>A certificate that is sent as it is, whatever its bytes are; nobody here reads it.</summary>
/// <param name="der">The bytes.</param>
internal sealed class RawCertificate(ReadOnlyMemory<byte> der) : TlsCertificate
{
    /// <inheritdoc/>
    public BigInteger SerialNumber => throw Unread();

    /// <summary>Nobody asks for channel bindings.</summary>
    public string SigAlgOid => null!;

    /// <inheritdoc/>
    public byte[] GetEncoded() => der.ToArray();

    /// <inheritdoc/>
    public TlsEncryptor CreateEncryptor(int tlsCertificateRole) => throw Unread();

    /// <inheritdoc/>
    public TlsVerifier CreateVerifier(short signatureAlgorithm) => throw Unread();

    /// <inheritdoc/>
    public Tls13Verifier CreateVerifier(int signatureScheme) => throw Unread();

    /// <inheritdoc/>
    public byte[] GetExtension(DerObjectIdentifier extensionOid) => throw Unread();

    /// <inheritdoc/>
    public Asn1Encodable GetSigAlgParams() => throw Unread();

    /// <inheritdoc/>
    public short GetLegacySignatureAlgorithm() => SignatureAlgorithm.rsa;

    /// <inheritdoc/>
    public bool SupportsSignatureAlgorithm(short signatureAlgorithm) => true;

    /// <inheritdoc/>
    public bool SupportsSignatureAlgorithmCA(short signatureAlgorithm) => true;

    /// <inheritdoc/>
    public TlsCertificate CheckUsageInRole(int tlsCertificateRole) => this;

    private static TlsFatalAlert Unread() => new(AlertDescription.internal_error, "The certificate is only sent.");
}
