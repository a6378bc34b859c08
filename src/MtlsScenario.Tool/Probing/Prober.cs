using System.Collections.Immutable;
using System.Diagnostics;
using MtlsScenario.Faults;
using MtlsScenario.Model;
using MtlsScenario.Tool.Probing.Schemes;
using Org.BouncyCastle.Tls;

namespace MtlsScenario.Tool.Probing;

/// <summary>Tries all faults on a server, one connection at a time, and decides who was let in.</summary>
/// <param name="target">The server.</param>
/// <param name="caller">Makes the connections.</param>
/// <param name="forge">Makes the certificates.</param>
/// <param name="options">What is tried, and how.</param>
internal sealed class Prober(ProbeTarget target, ProbeCaller caller, FaultForge forge, ProbeOptions options)
{
    private const int Control = 10;
    private const int MostTries = 8;
    private const int GoodTries = 4;
    private const int MostOtherHosts = 3;
    private readonly List<ProbeResult> _results = [];
    private int _silentEnds = 3;

    /// <summary>How many results there will be.</summary>
    public int Count => (EveryVersion.Length * options.Versions.Length) + Once.Length;

    private ImmutableArray<Fault> EveryVersion => [.. options.Faults.Where(fault => OwnVersion(fault) is null)];

    /// <summary>The faults that have a version of their own, or none.</summary>
    private ImmutableArray<Fault> Once => [.. options.Faults.Where(fault => OwnVersion(fault) is not null)];

    /// <summary>Tries them.</summary>
    /// <param name="done">Told whenever one is done.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<ProbeReport> RunAsync(Action done, CancellationToken cancellationToken)
    {
        var versions = ImmutableArray.CreateBuilder<ProbedVersion>();
        foreach (TlsVersion version in options.Versions)
        {
            versions.Add(await BeginAsync(version, cancellationToken).ConfigureAwait(false));
            await ProbeAsync(EveryVersion, versions[^1], done, cancellationToken).ConfigureAwait(false);
        }

        // Held against a version that works, where one does.
        ProbedVersion known = versions.LastOrDefault(version => version.Baseline is not null) ?? versions[^1];
        await ProbeAsync(Once, known, done, cancellationToken).ConfigureAwait(false);
        return new ProbeReport(options.Title, versions.ToImmutable(), [.. _results]);
    }

    private async Task ProbeAsync(ImmutableArray<Fault> faults, ProbedVersion probed, Action done, CancellationToken cancellationToken)
    {
        int since = _results.Count;
        foreach (Fault fault in faults)
        {
            long start = Stopwatch.GetTimestamp();
            ProbeResult result = await ResultAsync(fault, probed, cancellationToken).ConfigureAwait(false);
            _results.Add(result with { Elapsed = Stopwatch.GetElapsedTime(start) });
            done();
            if (probed.Baseline is not null && (_results.Count - since == Control || fault == faults[^1]))
            {
                if (await GoodAsync(VersionOf(probed.Version), cancellationToken).ConfigureAwait(false) is not Observation.Answer good
                    || probed.Baseline.Judge(good.What) != ProbeVerdict.LetIn)
                {
                    Doubt(since);
                }

                since = _results.Count;
            }
        }
    }

    /// <summary>What was seen since the good certificate was let in for the last time may have another cause.</summary>
    private void Doubt(int since)
    {
        for (int index = since; index < _results.Count; index++)
        {
            if (_results[index].Verdict is ProbeVerdict.LetIn or ProbeVerdict.Rejected)
            {
                _results[index] = _results[index] with { Verdict = ProbeVerdict.Undecided, Why = "then the good certificate was not let in either", Alert = null, Status = null };
            }
        }
    }

    private async Task<ProbedVersion> BeginAsync(TlsVersion version, CancellationToken cancellationToken)
    {
        ProtocolVersion offered = VersionOf(version);
        Observation first = await GoodAsync(offered, cancellationToken).ConfigureAwait(false);
        Observation second = first is Observation.Answer ? await GoodAsync(offered, cancellationToken).ConfigureAwait(false) : first;
        if (first is not Observation.Answer one || second is not Observation.Answer two)
        {
            Observation failed = first is Observation.Answer ? second : first;
            return new ProbedVersion(version, null, Words(failed)) { IsSpoken = failed is not Observation.Alert { Number: AlertDescription.protocol_version } };
        }

        bool isAccepted = options.AcceptedWhen is { } accepted ? accepted.Is(one.What) && accepted.Is(two.What) : one.What.Meaning == AnswerMeaning.Answered;
        if (!isAccepted || Baseline.Common(one.What, two.What) is not { } common)
        {
            return new ProbedVersion(version, null, isAccepted ? $"once {one.What.Text}, and once {two.What.Text}" : one.What.Text);
        }

        Observation none = await SettledAsync(offered, FaultForge.Nothing, FaultManner.NoCertificate, cancellationToken).ConfigureAwait(false);
        return new ProbedVersion(version, new Baseline(common, (none as Observation.Answer)?.What, options.AcceptedWhen), common.Text) { IsAsked = one.WasAsked };
    }

    /// <summary>The good certificate; a line that breaks is given some more chances, and is remembered.</summary>
    private Task<Observation> GoodAsync(ProtocolVersion version, CancellationToken cancellationToken) =>
        SettledAsync(version, forge.Good, FaultManner.Certificate, cancellationToken);

    private async Task<Observation> SettledAsync(ProtocolVersion version, Forged.Identity identity, FaultManner manner, CancellationToken cancellationToken)
    {
        Observation observed = new Observation.TimeOut();
        for (int tries = 0; tries < GoodTries; tries++)
        {
            observed = await CallAsync(version, identity, manner, null, cancellationToken).ConfigureAwait(false);
            if (observed is not (Observation.Silence or Observation.TimeOut))
            {
                _silentEnds = tries > 0 && manner == FaultManner.Certificate ? MostTries : _silentEnds;
                break;
            }
        }

        return observed;
    }

    private async Task<ProbeResult> ResultAsync(Fault fault, ProbedVersion probed, CancellationToken cancellationToken)
    {
        var result = new ProbeResult(fault, fault.Client!.Value, OwnVersion(fault) ?? probed.Name, ProbeVerdict.DoesNotApply, "");
        if (Inapplicable(fault, probed) is { } inapplicable)
        {
            return result with { Why = inapplicable };
        }

        if (probed.Baseline is not { } baseline)
        {
            return result with { Verdict = ProbeVerdict.Undecided, Why = "the good certificate is not let in" };
        }

        if (!probed.IsAsked && fault.Manner is FaultManner.Certificate or FaultManner.WrongProof or FaultManner.BlankProof or FaultManner.SkippedProof)
        {
            return result with { Verdict = ProbeVerdict.NotTried, Why = "the server does not ask for a certificate in the handshake" };
        }

        switch (fault.Make(forge))
        {
            case Forged.DoesNotApply other:
                return result with { Why = other.Why };
            case Forged.NotTried not:
                return result with { Verdict = ProbeVerdict.NotTried, Why = not.Why };
            case Forged.Identity identity:
                ProbeResult worst = result with { Verdict = ProbeVerdict.DoesNotApply };
                foreach (string? host in fault.Manner == FaultManner.OtherHost ? target.OtherHosts.Take(MostOtherHosts) : (IEnumerable<string?>)[null])
                {
                    ProbeResult one = await DecideAsync(result, new Attempt(fault, probed, identity, host), baseline, cancellationToken).ConfigureAwait(false);
                    worst = one.Verdict < worst.Verdict ? one : worst;
                }

                return worst;
            default:
                throw new UnreachableException();
        }
    }

    private async Task<ProbeResult> DecideAsync(ProbeResult result, Attempt attempt, Baseline baseline, CancellationToken cancellationToken)
    {
        (int letIn, int silent, int late, int unclear) = (0, 0, 0, 0);
        for (int tries = 0; tries < 2 * MostTries; tries++)
        {
            ProtocolVersion version = attempt.Fault.Manner switch
            {
                FaultManner.Tls10 => ProtocolVersion.TLSv10,
                FaultManner.Tls11 => ProtocolVersion.TLSv11,
                _ => VersionOf(attempt.Probed.Version),
            };
            Observation observed = await CallAsync(version, attempt.Identity, attempt.Fault.Manner, attempt.OtherHost, cancellationToken).ConfigureAwait(false);
            result = result with { Why = Words(observed), Alert = (observed as Observation.Alert)?.Number, Status = (observed as Observation.Answer)?.What.Status };
            if (silent > 0 && observed is not Observation.Silence)
            {
                // A line that breaks by itself needs more of a proof that a server is silent.
                _silentEnds = MostTries;
            }

            switch (observed)
            {
                case Observation.Answer answer when baseline.Judge(answer.What) == ProbeVerdict.LetIn:
                    if (++letIn == 2)
                    {
                        return result with { Verdict = ProbeVerdict.LetIn };
                    }

                    break;
                case Observation.Alert or Observation.Answer when letIn > 0:
                    return result with { Verdict = ProbeVerdict.Undecided, Why = $"once let in, and once not: {result.Why}" };
                case Observation.Alert:
                    return result with { Verdict = ProbeVerdict.Rejected };
                case Observation.Answer answer when baseline.Judge(answer.What) == ProbeVerdict.Rejected:
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

    private async Task<Observation> CallAsync(
        ProtocolVersion version, Forged.Identity identity, FaultManner manner, string? otherHost, CancellationToken cancellationToken)
    {
        if (options.Delay > TimeSpan.Zero)
        {
            await Task.Delay(options.Delay, cancellationToken).ConfigureAwait(false);
        }

        return await caller.CallAsync(new ProbeCall([version], identity, manner, otherHost), cancellationToken).ConfigureAwait(false);
    }

    private string? Inapplicable(Fault fault, ProbedVersion probed) => fault switch
    {
        _ when !probed.IsSpoken => "the server does not speak this version",
        { NeedsHttp: true } when target.Scheme.Protocol is null => "this is not HTTP",
        { Manner: FaultManner.OtherHost } when target.OtherHosts.IsEmpty => "the server's certificate names no other host",
        { Manner: FaultManner.DottedHost } when System.Net.IPAddress.TryParse(target.Host, out _) => "the server is called by its address",
        _ => null,
    };

    private static string Words(Observation observed) => observed switch
    {
        Observation.Alert alert => AlertText.Of(alert.Number),
        Observation.Silence silence => silence.How,
        Observation.Answer answer => answer.What.Text,
        Observation.TimeOut => "no answer in time",
        Observation.Failed failed => failed.Why,
        Observation.Distrusted distrusted => $"the server's own certificate: {distrusted.Why}",
        _ => throw new UnreachableException(),
    };

    private static string? OwnVersion(Fault fault) => fault.Manner switch
    {
        FaultManner.Tls10 => "1.0",
        FaultManner.Tls11 => "1.1",
        FaultManner.Plaintext => "-",
        _ => null,
    };

    /// <summary>A version as BouncyCastle has it.</summary>
    public static ProtocolVersion VersionOf(TlsVersion version) => version == TlsVersion.Tls12 ? ProtocolVersion.TLSv12 : ProtocolVersion.TLSv13;

    private sealed record Attempt(Fault Fault, ProbedVersion Probed, Forged.Identity Identity, string? OtherHost);
}
