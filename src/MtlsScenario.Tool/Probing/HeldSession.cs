using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace MtlsScenario.Tool.Probing;

/// <summary>A session that a server offered, and that may be taken up again: by a ticket, or on TLS 1.2 by its number.</summary>
internal sealed class HeldSession
{
    private const int IdLength = 32;

    /// <summary>On TLS 1.3 the ticket and its key; else null.</summary>
    public TlsPskExternal? Key { get; private init; }

    /// <summary>On TLS 1.2 the ticket; empty where the server keeps the session by its number.</summary>
    public byte[] Ticket { get; private init; } = [];

    private SessionParameters? Agreed { get; init; }

    private byte[] Id { get; init; } = [];

    /// <summary>A session of TLS 1.3.</summary>
    public static HeldSession Of(TlsPskExternal key) => new() { Key = key };

    /// <summary>A session of TLS 1.2; null where the server gave neither a ticket nor a number.</summary>
    public static HeldSession? Of(TlsSession session, byte[] ticket) =>
        ticket.Length > 0 ? new() { Agreed = session.ExportSessionParameters(), Ticket = ticket, Id = RandomNumberGenerator.GetBytes(IdLength) }
        : session.SessionID is { Length: > 0 } id ? new() { Agreed = session.ExportSessionParameters(), Id = id }
        : null;

    /// <summary>On TLS 1.2 the session as it is handed over, each time anew, for whoever does not get to take it up wipes it; else null.</summary>
    public TlsSession? Session(TlsCrypto crypto) => Agreed is not { } agreed ? null : TlsUtilities.ImportSession(Id, new SessionParameters.Builder()
        .SetCipherSuite(agreed.CipherSuite).SetExtendedMasterSecret(agreed.IsExtendedMasterSecret).SetNegotiatedVersion(agreed.NegotiatedVersion)
        .SetMasterSecret(crypto.AdoptSecret(agreed.MasterSecret)).SetServerExtensions(agreed.ReadServerExtensions()).Build());
}
