using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using MtlsScenario.Faults;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace MtlsScenario.Tool.Probing;

/// <summary>A TLS client that presents whatever it is given, and says what the server did.</summary>
/// <param name="crypto">The cryptography.</param>
/// <param name="hello">The version that it offers, and the names.</param>
/// <param name="identity">What it presents.</param>
/// <param name="manner">What it does otherwise than a good client.</param>
/// <param name="trust">Judges the server's certificates, DER, leaf first.</param>
internal sealed class FaultClient(
    TlsCrypto crypto, ClientHelloNames hello, Forged.Identity identity, FaultManner manner, Func<IReadOnlyList<byte[]>, PeerJudgement> trust)
    : DefaultTlsClient(crypto), TlsAuthentication
{
    private static readonly int[] s_legacySuites =
    [
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
    ];

    private readonly List<HeldSession> _offered = [];
    private byte[] _ticket = [];

    /// <summary>Whether it keeps the sessions that the server offers.</summary>
    public bool KeepsSessions { get; init; }

    /// <summary>The session that it would take up; null for none.</summary>
    public HeldSession? Held { get; init; }

    /// <summary>The sessions that the server offered, in order.</summary>
    public ImmutableArray<HeldSession> Offered => [.. _offered];

    /// <summary>Whether the server took up the session.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>Whether the server asked for a certificate.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>Why the server's own certificate is not verified; null where it is.</summary>
    public PeerJudgement? Distrust { get; private set; }

    /// <summary>What the server presented, DER, leaf first.</summary>
    public ImmutableArray<byte[]> Presented { get; private set; } = [];

    /// <summary>What the handshake came to; null where it did not end.</summary>
    public AgreedTls? Session { get; private set; }

    /// <summary>Why nothing could be presented; null where it could.</summary>
    public string? Unable { get; private set; }

    /// <inheritdoc/>
    public override TlsAuthentication GetAuthentication() => this;

    /// <inheritdoc/>
    public override ProtocolVersion[] GetProtocolVersions() => hello.Versions;

    /// <inheritdoc/>
    public override int[] GetCipherSuites() => hello.Versions[0].IsEarlierVersionOf(ProtocolVersion.TLSv12) ? s_legacySuites : base.GetCipherSuites();

    /// <inheritdoc/>
    public override bool RequiresCloseNotify() => false;

    /// <inheritdoc/>
    public override bool ShouldCheckSigAlgOfPeerCerts() => false;

    /// <inheritdoc/>
    public override IDictionary<int, byte[]> GetClientExtensions()
    {
        IDictionary<int, byte[]> extensions = TlsExtensionsUtilities.EnsureExtensionsInitialised(base.GetClientExtensions());
        if (KeepsSessions && hello.Versions[0] == ProtocolVersion.TLSv13)
        {
            TlsExtensionsUtilities.AddPskKeyExchangeModesExtension(extensions, GetPskKeyExchangeModes());
        }
        else if (KeepsSessions)
        {
            extensions[ExtensionType.session_ticket] = Held?.Ticket ?? [];
        }

        return extensions;
    }

    /// <inheritdoc/>
    public override TlsSession? GetSessionToResume() => Held?.Session(Crypto);

    /// <inheritdoc/>
    public override IList<TlsPskExternal>? GetExternalPsks() => Held?.Key is { } key ? [key] : null;

    /// <inheritdoc/>
    public override void NotifySelectedPsk(TlsPsk selectedPsk) => IsResumed = selectedPsk is not null;

    /// <inheritdoc/>
    public override void NotifyNewSessionTicket(NewSessionTicket newSessionTicket) => _ticket = newSessionTicket.Ticket;

    /// <summary>Keeps a session.</summary>
    public void Keep(HeldSession? session) => _offered.AddRange(session is null ? [] : [session]);

    /// <inheritdoc/>
    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        SecurityParameters agreed = m_context.SecurityParameters;
        IsResumed |= agreed.IsResumedSession;
        if (KeepsSessions && !IsResumed && !TlsUtilities.IsTlsV13(m_context))
        {
            Keep(HeldSession.Of(m_context.Session, _ticket));
        }

        Session = new AgreedTls(TlsUtilities.IsTlsV13(m_context) ? TlsVersion.Tls13 : TlsVersion.Tls12, ((TlsCipherSuite)agreed.CipherSuite).ToString());
    }

    /// <inheritdoc/>
    public void NotifyServerCertificate(TlsServerCertificate serverCertificate)
    {
        Presented = [.. serverCertificate.Certificate.GetCertificateList().Select(certificate => certificate.GetEncoded())];
        PeerJudgement judgement = trust(Presented);
        if (!judgement.IsAccepted)
        {
            Distrust = judgement;
            throw new TlsFatalAlert(AlertDescription.bad_certificate, judgement.StackMessage);
        }
    }

    /// <inheritdoc/>
    public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest)
    {
        WasAsked = true;
        if (identity.Chain.IsEmpty)
        {
            return null;
        }

        ProofSigner? signer = ProofSigner.For(
            m_context, identity, manner == FaultManner.BlankProof, certificateRequest.SupportedSignatureAlgorithms, certificateRequest.GetCertificateRequestContext());
        Unable = signer is null ? "the server takes no signature by such a key" : null;
        return signer ?? throw new TlsFatalAlert(AlertDescription.internal_error, Unable);
    }

    /// <inheritdoc/>
    protected override IList<ServerName>? GetSniServerNames() => hello.Sni is not { Length: > 0 } name || IPAddress.TryParse(name, out _)
        ? null
        : [new ServerName(NameType.host_name, System.Text.Encoding.ASCII.GetBytes(name))];

    /// <inheritdoc/>
    protected override IList<ProtocolName>? GetProtocolNames() => hello.Protocol is { } protocol ? [ProtocolName.AsUtf8Encoding(protocol)] : null;
}

/// <summary>What a client's first message says.</summary>
/// <param name="Versions">The versions that are offered, the newest first.</param>
/// <param name="Sni">The name of the host; null or an address for none.</param>
/// <param name="Protocol">The only protocol above TLS; null for none.</param>
internal sealed record ClientHelloNames(ProtocolVersion[] Versions, string? Sni, string? Protocol);
