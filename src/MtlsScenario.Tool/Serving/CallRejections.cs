using MtlsScenario.Configs;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Serving;

/// <summary>Says of a call which end turned the other away, why, and what would mend it.</summary>
/// <param name="settings">Who calls whom.</param>
/// <param name="advice">What to do.</param>
/// <param name="serversView">What the server would make of the caller, as far as can be told from here; null where it cannot.</param>
internal sealed class CallRejections(ClientSettings settings, CallAdvice advice, Func<EndRejection?> serversView)
{
    /// <summary>The server, as the user knows it.</summary>
    public string Server => settings.Target.Server?.ToString() ?? $"the server at {settings.Target.Url.Authority}";

    /// <summary>What the server would make of the caller.</summary>
    public RejectionReason? Seen => serversView()?.Reason;

    /// <summary>By the client, who did not verify the server.</summary>
    public CallRejection ByClient(RejectionReason? reason, string words) => Rejection(Side.Client, reason, words);

    /// <summary>By the server.</summary>
    public CallRejection ByServer(RejectionReason? reason, string words) => Rejection(Side.Server, reason, words);

    /// <summary>Whether what is offered is a version that the server is not to speak.</summary>
    public bool IsVersionAmiss => advice.IsVersionAmiss;

    /// <summary>By an alert of the server's. Of a server that checks CRLs it may speak of one of them in words for a certificate.</summary>
    /// <exception cref="EnvironmentException">It speaks of the version, though that cannot be what is wrong.</exception>
    public CallRejection ByAlert(TlsAlert alert)
    {
        if (alert.Reason == RejectionReason.TlsVersion && !IsVersionAmiss)
        {
            throw new EnvironmentException(
                $"{Server} takes no version of TLS that is offered (alert {alert.Number}, {alert.Words})",
                "it speaks neither 1.2 nor 1.3, or cannot use its own certificate: its log knows");
        }

        RejectionReason? seen = Seen;
        return ByServer(seen == RejectionReason.RevocationUnknown ? seen : alert.Reason ?? seen, $"alert {alert.Number}, {alert.Words}");
    }

    /// <summary>By the server, without a word: so do those of .NET and Node.</summary>
    public CallRejection WithoutAWord()
    {
        EndRejection? likely = serversView();
        return ByServer(likely?.Reason, likely is null ? "it ended the connection without a word" : $"it ended the connection without a word; from here: {likely.StackMessage}");
    }

    private CallRejection Rejection(Side by, RejectionReason? reason, string words)
    {
        (string judge, string holder) = by == Side.Client ? (settings.Party, Server) : (Server, settings.Party);
        string? because = reason is { } known ? RejectionReasonNames.NameOf(known) : null;
        return new CallRejection(
            SideNames.NameOf(by),
            because,
            $"{judge} turned {holder} away: {because ?? "why is not known"} ({VisibleText.Of(words)})",
            words,
            Remedy.Of(reason, holder, judge, advice.Renewal(by, holder)));
    }
}
