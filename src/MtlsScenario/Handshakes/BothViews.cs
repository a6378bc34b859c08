using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>
/// What both ends saw of one connection. The verdict is never taken from one end alone: acceptance needs both, and a
/// rejection by one end needs that the other got nothing from it. (A .NET or Node server that rejects a client does not
/// tell it, and the client believes that the handshake succeeded.)
/// </summary>
/// <param name="Client">As the caller saw it.</param>
/// <param name="Server">As the called saw it.</param>
internal sealed record BothViews(EndView Client, EndView Server)
{
    /// <summary>What the two views come to.</summary>
    /// <param name="trial">What was tried.</param>
    /// <param name="artifacts">What each end had in hand.</param>
    public Verdict Conclude(Trial trial, TrialArtifacts artifacts)
    {
        if (Rejection(trial, artifacts) is { } rejection)
        {
            (EndView judge, EndView other) = rejection.By == Side.Client ? (Client, Server) : (Server, Client);
            string? doubt = other.IsComplete ? "but the other end was served"
                : IsOther(judge.PeerCertificate, rejection.By == Side.Client ? artifacts.Server : artifacts.Client)
                    ? "but of another certificate than the one that it was to see"
                    : NoJudgement(trial, rejection);
            return doubt is null ? rejection : new Verdict.Inconclusive($"{rejection}, {doubt}. {Words()}");
        }

        if (!Client.IsComplete || !Server.IsComplete)
        {
            return new Verdict.Inconclusive($"neither end says why the connection ended. {Words()}");
        }

        if (Server.PeerCertificate is null)
        {
            return new Verdict.Inconclusive("the server was content and does not say whose certificate it saw");
        }

        if (IsOther(Client.PeerCertificate, artifacts.Server) || IsOther(Server.PeerCertificate, artifacts.Client))
        {
            return new Verdict.Inconclusive("an end saw another certificate than the one that it was to see");
        }

        bool isOffered = (Client.Version ?? trial.Offered) == trial.Offered && (Server.Version ?? trial.Offered) == trial.Offered;
        return isOffered
            ? new Verdict.Accepted(trial.Offered) { Group = Client.Group ?? Server.Group }
            : new Verdict.Inconclusive("an end spoke another version of TLS than the one that was offered");
    }

    /// <summary>
    /// Why a rejection for what an end lacks is no judgement of that: a server that fails for a reason of its own may speak of
    /// the version too, and a client may keep to itself what it was to present.
    /// </summary>
    private static string? NoJudgement(Trial trial, Verdict.Rejected rejection) => (rejection.Reason, rejection.By) switch
    {
        (RejectionReason.TlsVersion, Side.Server) when trial.Offered < trial.Server.Certificate.MinimumTls => null,
        (RejectionReason.TlsVersion, _) => "but both ends are to speak the version that was offered",
        (RejectionReason.NoCertificate, _) when !trial.Connection.PresentsNothing => "but one was to be presented",
        (RejectionReason.NotAdmitted, _) when trial.Server.Certificate.Admits is null => "but whoever can be verified is admitted",
        _ => null,
    };

    /// <summary>
    /// What an end says of itself counts more than what the other was told. Where both reject, as with ends that finish the
    /// handshake before they judge, the client was first: it sees the server's certificate before it shows its own.
    /// </summary>
    private Verdict.Rejected? Rejection(Trial trial, TrialArtifacts artifacts)
    {
        (Side By, EndRejection Said, EndRejection? Told)? rejection = this switch
        {
            { Client.Rejects: { } own } => (Side.Client, own, Server.Told),
            { Server.Rejects: { } own } => (Side.Server, own, Client.Told),
            { Client.Told: { } told } => (Side.Server, MayBeOfCrl(told, artifacts.Server), told),
            { Server.Told: { } told } => (Side.Client, MayBeOfCrl(told, artifacts.Client), told),
            _ => null,
        };
        if (rejection is not var (by, said, heard))
        {
            return null;
        }

        bool isByClient = by == Side.Client;
        RejectionReason? decided = said.Among.IsEmpty
            ? null
            : AmbiguousStatus.Decide(
                said.Among,
                isByClient ? artifacts.Server : artifacts.Client,
                isByClient ? artifacts.Client : artifacts.Server,
                trial.Connection.At,
                isByClient ? Side.Server : Side.Client);
        if (decided is null && said.IsJudgementIfBorneOut)
        {
            return null;
        }

        return new Verdict.Rejected(by, said.Reason ?? decided ?? heard?.Reason, said.StackMessage);
    }

    /// <summary>Where an end checks CRLs, its alert about an expired certificate, an unknown issuer or a bad signature may be about a CRL.</summary>
    private static EndRejection MayBeOfCrl(EndRejection told, EndArtifacts judge) =>
        judge.Crls is not null && told.Reason is RejectionReason.Expired or RejectionReason.UnknownIssuer or RejectionReason.BadSignature
            ? told with { Reason = null, Among = [told.Reason.Value, RejectionReason.RevocationUnknown] }
            : told;

    private static bool IsOther(ReadOnlyMemory<byte>? seen, EndArtifacts presented) =>
        seen is { } certificate && !certificate.Span.SequenceEqual(presented.Chain[0].Span);

    private string Words() => $"Client: {Said(Client)}. Server: {Said(Server)}";

    private static string Said(EndView view) => view.StackMessage.Length == 0 ? "nothing" : view.StackMessage;
}
