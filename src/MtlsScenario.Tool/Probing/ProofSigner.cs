using System.Security.Cryptography;
using MtlsScenario.Faults;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace MtlsScenario.Tool.Probing;

/// <summary>Presents a chain and proves its key, as well as the fault wants it.</summary>
internal sealed class ProofSigner : TlsCredentialedSigner
{
    private const int EcdsaZeroLength = 8;
    private readonly BcDefaultTlsCredentialedSigner _signer;
    private readonly int? _blankLength;
    private readonly ReadOnlyMemory<byte>? _rsa;

    private ProofSigner(BcDefaultTlsCredentialedSigner signer, Certificate certificate, int? blankLength, ReadOnlyMemory<byte>? rsa) =>
        (_signer, Certificate, _blankLength, _rsa) = (signer, certificate, blankLength, rsa);

    /// <inheritdoc/>
    public Certificate Certificate { get; }

    /// <inheritdoc/>
    public SignatureAndHashAlgorithm SignatureAndHashAlgorithm => _signer.SignatureAndHashAlgorithm;

    /// <summary>What is presented; null where the other end takes no signature of that kind of key.</summary>
    /// <param name="context">The handshake.</param>
    /// <param name="identity">What is presented, and the key that signs.</param>
    /// <param name="isBlank">Whether the signature is nothing but zeros.</param>
    /// <param name="offered">The signatures that the other end takes; null before TLS 1.2.</param>
    /// <param name="request">The request's context on TLS 1.3; null where there is none.</param>
    public static ProofSigner? For(TlsContext context, Forged.Identity identity, bool isBlank, IList<SignatureAndHashAlgorithm>? offered, byte[]? request)
    {
        AsymmetricKeyParameter key = PrivateKeyFactory.CreateKey(identity.Key.ToArray());
        bool is13 = TlsUtilities.IsTlsV13(context);
        SignatureAndHashAlgorithm? algorithm = offered is null ? null
            : KindsOf(key, is13).FirstOrDefault(kind => offered.Any(other => SignatureScheme.From(other) == SignatureScheme.From(kind)));
        if (offered is not null && algorithm is null)
        {
            return null;
        }

        TlsCertificate[] chain = [.. identity.Chain.Select(der => new RawCertificate(der))];
        var certificate = is13 ? new Certificate(request ?? [], [.. chain.Select(one => new CertificateEntry(one, null))]) : new Certificate(chain);
        var signer = new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(context), (BcTlsCrypto)context.Crypto, key, certificate, algorithm);
        return new ProofSigner(signer, certificate, isBlank ? BlankLength(key) : null, key is RsaKeyParameters && algorithm is not null ? identity.Key : (ReadOnlyMemory<byte>?)null);
    }

    /// <inheritdoc/>
    public byte[] GenerateRawSignature(byte[] hash) => _blankLength is { } length ? Blank(length)
        : _rsa is { } key ? SignByPlatform(key, hash)
        : _signer.GenerateRawSignature(hash);

    /// <inheritdoc/>
    public TlsStreamSigner? GetStreamSigner() => _blankLength is { } length ? new BlankSigner(Blank(length)) : _signer.GetStreamSigner();

    private static SignatureAndHashAlgorithm[] KindsOf(AsymmetricKeyParameter key, bool is13) => key switch
    {
        RsaKeyParameters when is13 => [SignatureAndHashAlgorithm.rsa_pss_rsae_sha256],
        RsaKeyParameters => [SignatureAndHashAlgorithm.GetInstance(Org.BouncyCastle.Tls.HashAlgorithm.sha256, SignatureAlgorithm.rsa), SignatureAndHashAlgorithm.rsa_pss_rsae_sha256],
        ECPrivateKeyParameters { Parameters.Curve.FieldSize: 384 } => [SignatureAndHashAlgorithm.GetInstance(Org.BouncyCastle.Tls.HashAlgorithm.sha384, SignatureAlgorithm.ecdsa)],
        ECPrivateKeyParameters { Parameters.Curve.FieldSize: 521 } => [SignatureAndHashAlgorithm.GetInstance(Org.BouncyCastle.Tls.HashAlgorithm.sha512, SignatureAlgorithm.ecdsa)],
        ECPrivateKeyParameters => [SignatureAndHashAlgorithm.GetInstance(Org.BouncyCastle.Tls.HashAlgorithm.sha256, SignatureAlgorithm.ecdsa)],
        Ed25519PrivateKeyParameters => [SignatureAndHashAlgorithm.ed25519],
        _ => [],
    };

    /// <summary>The platform's RSA takes a tenth of the time.</summary>
    private byte[] SignByPlatform(ReadOnlyMemory<byte> key, byte[] hash)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key.Span, out _);
        bool isPss = SignatureScheme.From(SignatureAndHashAlgorithm) == SignatureScheme.rsa_pss_rsae_sha256;
        return rsa.SignHash(hash, HashAlgorithmName.SHA256, isPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
    }

    private static int BlankLength(AsymmetricKeyParameter key) => key switch
    {
        RsaKeyParameters rsa => (rsa.Modulus.BitLength + 7) / 8,
        ECPrivateKeyParameters => EcdsaZeroLength,
        _ => 64,
    };

    /// <summary>Of ECDSA it is r = 0 and s = 0: a SEQUENCE of two INTEGERs.</summary>
    private static byte[] Blank(int length) => length == EcdsaZeroLength ? [0x30, 6, 2, 1, 0, 2, 1, 0] : new byte[length];

    private sealed class BlankSigner(byte[] signature) : TlsStreamSigner
    {
        public Stream Stream => Stream.Null;

        public byte[] GetSignature() => signature;
    }
}
