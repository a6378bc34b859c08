using System.Diagnostics;
using MtlsScenario.Faults;

namespace MtlsScenario.Tool.Probing;

/// <summary>
/// Decides whether a server lets somebody in, rejects them, or neither can be said: calls as often as it takes, and what is let in
/// counts only when it was seen twice.
/// </summary>
/// <param name="delay">The pause before each connection.</param>
internal sealed class ProbeDecision(TimeSpan delay)
{
    private const int MostTries = 8;
    private const int GoodTries = 4;
    private int _silentEnds = 3;

    /// <summary>Calls once; a line that breaks is given some more chances and, where it broke on a good certificate, is remembered.</summary>
    public async Task<Observation> SettledAsync(ServerCaller caller, ProbeCall call, CancellationToken cancellationToken)
    {
        Observation observed = new Observation.TimeOut();
        for (int tries = 0; tries < GoodTries; tries++)
        {
            observed = await CallAsync(caller, call, cancellationToken).ConfigureAwait(false);
            if (observed is not (Observation.Silence or Observation.TimeOut))
            {
                _silentEnds = tries > 0 && call.Manner == FaultManner.Certificate ? MostTries : _silentEnds;
                break;
            }
        }

        return observed;
    }

    /// <summary>Whether that is let in: only what was seen twice.</summary>
    /// <param name="result">What is filled in.</param>
    /// <param name="attempt">What is tried.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<ProbeResult> DecideAsync(ProbeResult result, Attempt attempt, CancellationToken cancellationToken)
    {
        (int letIn, int silent, int late, int unclear) = (0, 0, 0, 0);
        List<HeldSession> sessions = [.. attempt.Sessions];
        for (int tries = 0; tries < 2 * MostTries; tries++)
        {
            // Some servers take up each only once, and offer another.
            ProbeCall call = sessions.Count == 0 ? attempt.Call : attempt.Call with { KeepsSessions = true, Session = sessions[Math.Min(tries, sessions.Count - 1)] };
            Observation observed = await CallAsync(attempt.Caller, call, cancellationToken).ConfigureAwait(false);
            sessions.AddRange(observed.Offered);
            result = result with { Why = Words(observed), Alert = (observed as Observation.Alert)?.Number, Status = (observed as Observation.Answer)?.What.Status };
            if (silent > 0 && observed is not Observation.Silence)
            {
                // A line that breaks by itself needs more of a proof that a server is silent.
                _silentEnds = MostTries;
            }

            switch (observed)
            {
                case Observation.Answer answer when attempt.Baseline.Judge(answer.What) == ProbeVerdict.LetIn:
                    if (++letIn == 2)
                    {
                        return result with { Verdict = ProbeVerdict.LetIn };
                    }

                    break;
                case Observation.Alert or Observation.Answer when letIn > 0:
                    return result with { Verdict = ProbeVerdict.Undecided, Why = $"once let in, and once not: {result.Why}" };
                case Observation.Alert:
                    return result with { Verdict = ProbeVerdict.Rejected };
                case Observation.Answer answer when attempt.Baseline.Judge(answer.What) == ProbeVerdict.Rejected:
                    return result with { Verdict = ProbeVerdict.Rejected };
                case Observation.Answer when ++unclear == 2:
                case Observation.TimeOut when ++late == 2:
                    return result with { Verdict = ProbeVerdict.Undecided };
                case Observation.Failed or Observation.Distrusted:
                    return result with { Verdict = ProbeVerdict.NotTried };
                case Observation.Silence when ++silent >= _silentEnds && letIn == 0:
                    return result with { Verdict = ProbeVerdict.Rejected };
            }
        }

        return result with { Verdict = ProbeVerdict.Undecided, Why = "now it is this, and now that" };
    }

    /// <summary>What was seen, in words: a clause.</summary>
    public static string Words(Observation observed) => observed switch
    {
        Observation.Alert alert => AlertText.Of(alert.Number),
        Observation.Silence silence => silence.How,
        Observation.Answer answer => answer.What.Text,
        Observation.TimeOut => "no answer in time",
        Observation.Failed failed => failed.Why,
        Observation.Distrusted distrusted => $"the server's own certificate: {distrusted.Why}",
        _ => throw new UnreachableException(),
    };

    private async Task<Observation> CallAsync(ServerCaller caller, ProbeCall call, CancellationToken cancellationToken)
    {
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
        }

        return await caller.CallAsync(call, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>What is tried, and by what it is known that it is let in.</summary>
/// <param name="Caller">Makes the connections.</param>
/// <param name="Call">What is presented, and how.</param>
/// <param name="Baseline">What answers are held against.</param>
internal sealed record Attempt(ServerCaller Caller, ProbeCall Call, Baseline Baseline)
{
    /// <summary>The sessions of which one is taken up; none for a handshake in full.</summary>
    public IReadOnlyList<HeldSession> Sessions { get; init; } = [];
}
