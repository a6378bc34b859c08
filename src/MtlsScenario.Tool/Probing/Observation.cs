using System.Collections.Immutable;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.Probing.Schemes;

namespace MtlsScenario.Tool.Probing;

/// <summary>What one connection came to, as the end sees it that made it; nothing is judged.</summary>
internal abstract record Observation
{
    private Observation()
    {
    }

    /// <summary>Whether the server asked for a certificate in the handshake.</summary>
    public bool WasAsked { get; init; }

    /// <summary>What TLS came to; null where the handshake did not end here.</summary>
    public AgreedTls? Session { get; init; }

    /// <summary>The sessions that the server offered, where the caller would keep one.</summary>
    public ImmutableArray<HeldSession> Offered { get; init; } = [];

    /// <summary>Whether the server took up the session that the caller held.</summary>
    public bool IsResumed { get; init; }

    /// <summary>What the server presented, DER, leaf first.</summary>
    public ImmutableArray<byte[]> Presented { get; init; } = [];

    /// <summary>The server's fatal alert, in the handshake or after it.</summary>
    internal sealed record Alert(int Number) : Observation;

    /// <summary>The server ended the connection before it answered.</summary>
    internal sealed record Silence(string How) : Observation;

    /// <summary>The server's application answered.</summary>
    internal sealed record Answer(ServerAnswer What) : Observation;

    /// <summary>Nothing came in time.</summary>
    internal sealed record TimeOut : Observation;

    /// <summary>It could not be sent, or not be understood: the reason, a clause.</summary>
    internal sealed record Failed(string Why) : Observation;

    /// <summary>The server's own certificate is not verified, so nothing was sent.</summary>
    internal sealed record Distrusted(PeerJudgement Judgement) : Observation
    {
        /// <summary>Why: a clause.</summary>
        public string Why => Judgement.Reason is { } reason ? $"{RejectionReasonNames.NameOf(reason)} ({Judgement.StackMessage})" : Judgement.StackMessage;
    }
}

/// <summary>What a handshake agreed on.</summary>
/// <param name="Version">The version of TLS.</param>
/// <param name="Cipher">The cipher suite, in IANA's words.</param>
internal sealed record AgreedTls(TlsVersion Version, string Cipher);
