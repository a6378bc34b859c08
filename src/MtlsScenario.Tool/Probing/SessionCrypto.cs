using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace MtlsScenario.Tool.Probing;

/// <summary>
/// BouncyCastle's cryptography of TLS, which knows of TLS 1.3 only the keys that were agreed beforehand. That of a session differs in
/// the label by which its binder is made, and in nothing else (RFC 8446 section 7.1).
/// </summary>
internal sealed class SessionCrypto() : BcTlsCrypto(new SecureRandom())
{
    private static ReadOnlySpan<byte> Agreed => "tls13 ext binder"u8;

    private static ReadOnlySpan<byte> Resumed => "tls13 res binder"u8;

    /// <inheritdoc/>
    public override TlsSecret HkdfInit(int cryptoHashAlgorithm) => new Zeros(this, new byte[TlsCryptoUtilities.GetHashOutputSize(cryptoHashAlgorithm)]);

    private sealed class Zeros(BcTlsCrypto crypto, byte[] data) : BcTlsSecret(crypto, data)
    {
        public override TlsSecret HkdfExtract(int cryptoHashAlgorithm, TlsSecret ikm) => new EarlySecret(m_crypto, base.HkdfExtract(cryptoHashAlgorithm, ikm).Extract());
    }

    private sealed class EarlySecret(BcTlsCrypto crypto, byte[] data) : BcTlsSecret(crypto, data)
    {
        public override TlsSecret HkdfExpand(int cryptoHashAlgorithm, ReadOnlySpan<byte> info, int length)
        {
            Span<byte> own = info.ToArray();
            if (info.IndexOf(Agreed) is >= 0 and var place)
            {
                Resumed.CopyTo(own[place..]);
            }

            return base.HkdfExpand(cryptoHashAlgorithm, own, length);
        }
    }
}
