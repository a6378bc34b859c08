using System.Collections.Immutable;
using MtlsScenario.Faults;

namespace MtlsScenario.Tool.Probing;

/// <summary>
/// Makes sessions while their certificate is good, and takes them up when it is not any more: a server that resumes a session
/// does not ask for the certificate again, and few look at the one that they remember.
/// </summary>
/// <param name="target">The server.</param>
/// <param name="caller">Makes the connections.</param>
/// <param name="forge">Makes the certificates.</param>
/// <param name="calls">Repeats them.</param>
/// <param name="options">What is tried, and how.</param>
internal sealed class SessionProber(ServerTarget target, ServerCaller caller, FaultForge forge, ProbeDecision calls, ProbeOptions options)
{
    /// <summary>How long a certificate is good, in turn, until a server and the line to it are fast enough to take it.</summary>
    private static readonly int[] s_lifetimes = [3, 8, 20];

    /// <summary>How far the clocks may be from each other, and that a certificate is good through its last second.</summary>
    private static readonly TimeSpan s_afterwards = TimeSpan.FromSeconds(1.2);

    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(200);

    /// <summary>While a server is told, its old processes and its new ones answer by turns: so often in a row it has to turn the client away.</summary>
    private const int TimesTurnedAway = 6;

    private readonly Dictionary<(Fault, ProbedVersion), Made> _made = [];
    private bool _isRevoked;

    /// <summary>Whether a fault is tried at the end, when time has passed and the user's command has run.</summary>
    public bool IsLate(Fault fault) => fault.Manner is FaultManner.ExpiredSession or FaultManner.RevokedSession or FaultManner.OtherHostSession
        || (fault.Id == "revoked" && options.Revoke is not null);

    /// <summary>Makes the session that is to be taken up later; where there is none to be had, that is remembered.</summary>
    public async Task MakeAsync(Fault fault, ProbedVersion probed, CancellationToken cancellationToken)
    {
        _made[(fault, probed)] = fault.Manner switch
        {
            _ when probed.Baseline is null => new Made(""),
            FaultManner.ExpiredSession => await ShortLivedAsync(probed, cancellationToken).ConfigureAwait(false),
            FaultManner.RevokedSession => options.Revoke is null
                ? new Made("nobody is revoked meanwhile: --revoke COMMAND does that")
                : await MadeAsync(fault.Make(forge), probed, "the server turns the revoked client away already", cancellationToken).ConfigureAwait(false),
            _ => new Made(""),
        };
    }

    /// <summary>Takes it up.</summary>
    /// <param name="result">What is filled in.</param>
    /// <param name="probed">The version.</param>
    /// <param name="baseline">What answers are held against.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<ProbeResult> TakeUpAsync(ProbeResult result, ProbedVersion probed, Baseline baseline, CancellationToken cancellationToken)
    {
        if (result.Fault.Manner == FaultManner.OtherHostSession)
        {
            return await AtOtherHostsAsync(result, probed, baseline, cancellationToken).ConfigureAwait(false);
        }

        Made made = _made[(result.Fault, probed)];
        if (made.Identity is not { } identity)
        {
            return result with { Verdict = made.Verdict, Why = made.Why };
        }

        TimeSpan left = made.Until + s_afterwards - options.Time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, options.Time, cancellationToken).ConfigureAwait(false);
        }

        ProbeCall call = CallOf(probed, identity);
        return await calls.SettledAsync(caller, call, cancellationToken).ConfigureAwait(false) is Observation.Answer answer && baseline.Judge(answer.What) == ProbeVerdict.LetIn
            ? result with { Why = "without a session, too, the server lets it in" }
            : await calls.DecideAsync(result, new Attempt(caller, call, baseline) { Sessions = made.Sessions }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs the user's command, once, and waits until the server turns the revoked client away, or has had the time to.</summary>
    public async Task RevokeAsync(ProbedVersion probed, CancellationToken cancellationToken)
    {
        if (options.Revoke is not { } revoke || _isRevoked)
        {
            return;
        }

        _isRevoked = true;
        await revoke(cancellationToken).ConfigureAwait(false);
        DateTimeOffset end = options.Time.GetUtcNow() + target.Timeout;
        for (int turnedAway = 0; turnedAway < TimesTurnedAway && forge.Material.Revoked is Forged.Identity identity && options.Time.GetUtcNow() < end;)
        {
            bool isLetIn = await caller.CallAsync(CallOf(probed, identity), cancellationToken).ConfigureAwait(false) is Observation.Answer { What: var answer }
                && probed.Baseline?.Judge(answer) == ProbeVerdict.LetIn;
            turnedAway = isLetIn ? 0 : turnedAway + 1;
            await Task.Delay(s_between, options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Made> ShortLivedAsync(ProbedVersion probed, CancellationToken cancellationToken)
    {
        var made = new Made("");
        foreach (int seconds in s_lifetimes)
        {
            DateTimeOffset until = DateTimeOffset.FromUnixTimeSeconds(options.Time.GetUtcNow().ToUnixTimeSeconds() + seconds);
            made = await MadeAsync(forge.ShortLived(until), probed, "the server does not let in what is about to expire", cancellationToken).ConfigureAwait(false) with { Until = until };
            if (!made.IsTurnedAway)
            {
                break;
            }
        }

        return made;
    }

    private async Task<Made> MadeAsync(Forged forged, ProbedVersion probed, string turnedAway, CancellationToken cancellationToken)
    {
        if (forged is not Forged.Identity identity)
        {
            return forged is Forged.NotTried not ? new Made(not.Why) { Verdict = ProbeVerdict.NotTried } : new Made((forged as Forged.DoesNotApply)?.Why ?? "");
        }

        Observation observed = await calls.SettledAsync(caller, CallOf(probed, identity) with { KeepsSessions = true }, cancellationToken).ConfigureAwait(false);
        ProbeVerdict? verdict = observed is Observation.Answer answer ? probed.Baseline!.Judge(answer.What) : observed is Observation.TimeOut ? ProbeVerdict.Undecided : null;
        string words = ProbeDecision.Words(observed);
        return verdict switch
        {
            ProbeVerdict.LetIn when observed.Offered.IsEmpty => new Made("the server offers no session"),
            ProbeVerdict.LetIn => new Made("") { Identity = identity, Sessions = observed.Offered },
            ProbeVerdict.Undecided => new Made($"{words}, and not as the good certificate is answered") { Verdict = ProbeVerdict.Undecided },
            _ => new Made($"{turnedAway}: {words}") { IsTurnedAway = true },
        };
    }

    /// <summary>
    /// Both ways: a session of nobody's, made at a host that may let in anybody, is taken up at this one; and the good certificate's,
    /// made here, at a host that turns it away.
    /// </summary>
    private async Task<ProbeResult> AtOtherHostsAsync(ProbeResult result, ProbedVersion probed, Baseline baseline, CancellationToken cancellationToken)
    {
        ProbeResult worst = result with { Why = "the other host lets in the good certificate too, and offers nobody else a session" };
        foreach (string host in target.OtherHosts.Take(Prober.MostOtherHosts))
        {
            ServerCaller there = caller.At(host);
            ProbeCall nobody = CallOf(probed, FaultForge.Nothing) with { Manner = FaultManner.NoCertificate };
            ImmutableArray<HeldSession> offered = !baseline.NeedsCertificate ? []
                : (await calls.SettledAsync(there, nobody with { KeepsSessions = true }, cancellationToken).ConfigureAwait(false)).Offered;
            await TryAsync(offered, new Attempt(caller, nobody, baseline)).ConfigureAwait(false);

            ProbeCall good = CallOf(probed, forge.Good);
            Observation fresh = await calls.SettledAsync(there, good, cancellationToken).ConfigureAwait(false);
            bool isTurnedAway = fresh is Observation.Alert or Observation.Silence or Observation.Answer { What.Meaning: Schemes.AnswerMeaning.Refused };
            offered = !isTurnedAway ? [] : (await calls.SettledAsync(caller, good with { KeepsSessions = true }, cancellationToken).ConfigureAwait(false)).Offered;
            await TryAsync(offered, new Attempt(there, good, Baseline.AnyAnswer)).ConfigureAwait(false);
        }

        return worst;

        async Task TryAsync(ImmutableArray<HeldSession> sessions, Attempt attempt)
        {
            if (!sessions.IsEmpty)
            {
                ProbeResult one = await calls.DecideAsync(result, attempt with { Sessions = sessions }, cancellationToken).ConfigureAwait(false);
                worst = one.Verdict < worst.Verdict ? one : worst;
            }
        }
    }

    private static ProbeCall CallOf(ProbedVersion probed, Forged.Identity identity) => new([Prober.VersionOf(probed.Version)], identity);

    /// <summary>What came of making a session: it, or what to say where there is none.</summary>
    private sealed record Made(string Why)
    {
        public ProbeVerdict Verdict { get; init; } = ProbeVerdict.DoesNotApply;

        public Forged.Identity? Identity { get; init; }

        public ImmutableArray<HeldSession> Sessions { get; init; } = [];

        public DateTimeOffset Until { get; init; }

        public bool IsTurnedAway { get; init; }
    }
}
