using System.Runtime.CompilerServices;
using MtlsScenario.Faults;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace MtlsScenario.Tool.Probing;

/// <summary>The client's end of TLS, which may leave out CertificateVerify, and takes the tickets of TLS 1.3 that BouncyCastle drops.</summary>
/// <param name="stream">The connection.</param>
/// <param name="manner">What it does otherwise.</param>
/// <param name="client">Whose end it is.</param>
internal sealed class FaultProtocol(Stream stream, FaultManner manner, FaultClient client) : TlsClientProtocol(stream)
{
    private TicketKeys? _keys;

    /// <inheritdoc/>
    protected override void SendCertificateVerifyMessage(DigitallySigned certificateVerify)
    {
        if (manner != FaultManner.SkippedProof)
        {
            base.SendCertificateVerifyMessage(certificateVerify);
        }
    }

    /// <inheritdoc/>
    protected override void Send13CertificateVerifyMessage(DigitallySigned certificateVerify)
    {
        if (manner != FaultManner.SkippedProof)
        {
            base.Send13CertificateVerifyMessage(certificateVerify);
        }
    }

    /// <summary>Whoever takes up a session on TLS 1.2 may be given another ticket at once (RFC 5077 section 3.3), which BouncyCastle does not expect.</summary>
    protected override void HandleHandshakeMessage(short type, HandshakeMessageInput buf)
    {
        if (type != HandshakeType.new_session_ticket || !Context.SecurityParameters.IsResumedSession)
        {
            base.HandleHandshakeMessage(type, buf);
        }
    }

    /// <summary>The keys of tickets come from all that was said in the handshake, up to this message (RFC 8446 section 7.1).</summary>
    protected override void Send13FinishedMessage()
    {
        base.Send13FinishedMessage();
        if (client.KeepsSessions)
        {
            SecurityParameters agreed = Context.SecurityParameters;
            var keys = new TicketKeys(agreed.MasterSecret, agreed.PrfAlgorithm, agreed.PrfCryptoHashAlgorithm);
            _keys = keys with { Secret = keys.Derive("res master", Said(this).ForkPrfHash().CalculateHash()) };
        }
    }

    /// <inheritdoc/>
    protected override void Receive13NewSessionTicket(MemoryStream buf)
    {
        if (_keys is null)
        {
            base.Receive13NewSessionTicket(buf);
            return;
        }

        TlsUtilities.ReadUint32(buf);
        TlsUtilities.ReadUint32(buf);
        byte[] nonce = TlsUtilities.ReadOpaque8(buf);
        byte[] ticket = TlsUtilities.ReadOpaque16(buf);
        client.Keep(HeldSession.Of(new BasicTlsPskExternal(ticket, _keys.Derive("resumption", nonce), _keys.Prf)));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_handshakeHash")]
    private static extern ref TlsHandshakeHash Said(TlsProtocol protocol);

    private sealed record TicketKeys(TlsSecret Secret, int Prf, int Hash)
    {
        public TlsSecret Derive(string label, byte[] context) =>
            TlsCryptoUtilities.HkdfExpandLabel(Secret, Hash, label, context, TlsCryptoUtilities.GetHashOutputSize(Hash));
    }
}
