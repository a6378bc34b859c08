using MtlsScenario.Faults;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace MtlsScenario.Tool.Probing;

/// <summary>A TLS server that presents whatever it is given, asks for a certificate and takes any.</summary>
/// <param name="crypto">The cryptography.</param>
/// <param name="identity">What it presents.</param>
/// <param name="manner">What it does otherwise than a good server.</param>
/// <param name="versions">The versions that it speaks.</param>
internal sealed class FaultServerEnd(TlsCrypto crypto, Forged.Identity identity, FaultManner manner, ProtocolVersion[] versions) : DefaultTlsServer(crypto)
{
    private static readonly int[] s_rsa = [CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384];
    private static readonly int[] s_ecdsa = [CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384];
    private static readonly int[] s_tls13 = [CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384];

    /// <summary>Whether a client said hello.</summary>
    public bool IsCalled { get; private set; }

    /// <inheritdoc/>
    public override ProtocolVersion[] GetProtocolVersions() => versions;

    /// <inheritdoc/>
    public override int[] GetCipherSuites() =>
        [.. s_tls13, .. PrivateKeyFactory.CreateKey(identity.Key.ToArray()) is RsaKeyParameters ? s_rsa : s_ecdsa];

    /// <inheritdoc/>
    public override bool RequiresCloseNotify() => false;

    /// <inheritdoc/>
    public override bool ShouldCheckSigAlgOfPeerCerts() => false;

    /// <inheritdoc/>
    public override void NotifyOfferedCipherSuites(int[] offeredCipherSuites)
    {
        IsCalled = true;
        base.NotifyOfferedCipherSuites(offeredCipherSuites);
    }

    /// <inheritdoc/>
    public override TlsCredentials GetCredentials() =>
        ProofSigner.For(m_context, identity, manner == FaultManner.BlankProof, m_context.SecurityParameters.ClientSigAlgs, [])
            ?? throw new TlsFatalAlert(AlertDescription.handshake_failure, "The client takes no signature by such a key.");

    /// <inheritdoc/>
    public override CertificateRequest GetCertificateRequest()
    {
        IList<SignatureAndHashAlgorithm> signatures = TlsUtilities.GetDefaultSupportedSignatureAlgorithms(m_context);
        return TlsUtilities.IsTlsV13(m_context)
            ? new CertificateRequest([], signatures, null, null)
            : new CertificateRequest([ClientCertificateType.rsa_sign, ClientCertificateType.ecdsa_sign], signatures, null);
    }

    /// <inheritdoc/>
    public override void NotifyClientCertificate(Certificate clientCertificate)
    {
        // Whoever calls is let in: it is the caller that is judged.
    }

    /// <inheritdoc/>
    protected override IList<ProtocolName> GetProtocolNames() => [ProtocolName.Http_1_1];
}

/// <summary>What a client did at a server with a fault.</summary>
/// <param name="IsCalled">Whether it began TLS.</param>
/// <param name="IsFooled">Whether it sent application data.</param>
/// <param name="Words">What was seen of it.</param>
/// <param name="Alert">The alert that it sent; null for none.</param>
internal sealed record ClientObservation(bool IsCalled, bool IsFooled, string Words, int? Alert)
{
    /// <summary>Of several calls the worst.</summary>
    public ClientObservation Or(ClientObservation? other) => other is null || IsFooled || (IsCalled && !other.IsFooled) ? this : other;
}
