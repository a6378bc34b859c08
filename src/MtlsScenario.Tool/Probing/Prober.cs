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
internal sealed class Prober(ServerTarget target, ServerCaller caller, FaultForge forge, ProbeOptions options)
{
    /// <summary>Of how many other hosts of the server's a name is tried.</summary>
    public const int MostOtherHosts = 3;

    private const int Control = 10;
    private readonly List<ProbeResult> _results = [];
    private readonly ProbeDecision _calls = new(options.Delay);
    private SessionProber? _sessions;

    /// <summary>How many results there will be.</summary>
    public int Count => ((EveryVersion.Length + Late.Length) * options.Versions.Length) + Once.Length;

    private ImmutableArray<Fault> EveryVersion => [.. options.Faults.Where(fault => OwnVersion(fault) is null && !Sessions.IsLate(fault))];

    private ImmutableArray<Fault> Late => [.. options.Faults.Where(Sessions.IsLate)];

    /// <summary>The faults that have a version of their own, or none.</summary>
    private ImmutableArray<Fault> Once => [.. options.Faults.Where(fault => OwnVersion(fault) is not null)];

    private SessionProber Sessions => _sessions ??= new SessionProber(target, caller, forge, _calls, options);

    /// <summary>Tries them.</summary>
    /// <param name="done">Told whenever one is done.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<ProbeReport> RunAsync(Action done, CancellationToken cancellationToken)
    {
        var versions = ImmutableArray.CreateBuilder<ProbedVersion>();
        foreach (TlsVersion version in options.Versions)
        {
            versions.Add(await BeginAsync(version, cancellationToken).ConfigureAwait(false));
            foreach (Fault fault in Late)
            {
                await Sessions.MakeAsync(fault, versions[^1], cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (ProbedVersion version in versions)
        {
            await ProbeAsync(EveryVersion, version, done, cancellationToken).ConfigureAwait(false);
        }

        // Held against a version that works, where one does.
        ProbedVersion known = versions.LastOrDefault(version => version.Baseline is not null) ?? versions[^1];
        await ProbeAsync(Once, known, done, cancellationToken).ConfigureAwait(false);
        if (!Late.IsEmpty)
        {
            await Sessions.RevokeAsync(known, cancellationToken).ConfigureAwait(false);
        }

        foreach (ProbedVersion version in versions)
        {
            await ProbeAsync(Late, version, done, cancellationToken).ConfigureAwait(false);
        }

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
            return new ProbedVersion(version, null, ProbeDecision.Words(failed)) { IsSpoken = failed is not Observation.Alert { Number: AlertDescription.protocol_version } };
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

    private Task<Observation> SettledAsync(ProtocolVersion version, Forged.Identity identity, FaultManner manner, CancellationToken cancellationToken) =>
        _calls.SettledAsync(caller, new ProbeCall([version], identity, manner), cancellationToken);

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

        if (!probed.IsAsked && fault.Manner is FaultManner.Certificate or FaultManner.IssuerToFetch or FaultManner.WrongProof or FaultManner.BlankProof or FaultManner.SkippedProof)
        {
            return result with { Verdict = ProbeVerdict.NotTried, Why = "the server does not ask for a certificate in the handshake" };
        }

        if (fault.Manner is FaultManner.ExpiredSession or FaultManner.RevokedSession or FaultManner.OtherHostSession)
        {
            return await Sessions.TakeUpAsync(result, probed, baseline, cancellationToken).ConfigureAwait(false);
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
                    var call = new ProbeCall([VersionOf(fault, probed)], identity, fault.Manner, host);
                    ProbeResult one = await _calls.DecideAsync(result, new Attempt(caller, call, baseline), cancellationToken).ConfigureAwait(false);
                    worst = one.Verdict < worst.Verdict ? one : worst;
                }

                return fault.Manner != FaultManner.IssuerToFetch ? worst
                    : options.Fetches is { IsFetched: true } ? worst with { Verdict = ProbeVerdict.LetIn, Why = "it fetched from the URL" }
                    : worst with { Why = $"{worst.Why}; not fetched" };
            default:
                throw new UnreachableException();
        }
    }

    private string? Inapplicable(Fault fault, ProbedVersion probed) => fault switch
    {
        _ when !probed.IsSpoken => "the server does not speak this version",
        { NeedsHttp: true } when target.Scheme.Protocol is null => "this is not HTTP",
        { Manner: FaultManner.OtherHost or FaultManner.OtherHostSession } when target.OtherHosts.IsEmpty => "the server's certificate names no other host",
        { Manner: FaultManner.DottedHost } when System.Net.IPAddress.TryParse(target.Host, out _) => "the server is called by its address",
        _ => null,
    };

    private static string? OwnVersion(Fault fault) => fault.Manner switch
    {
        FaultManner.Tls10 => "1.0",
        FaultManner.Tls11 => "1.1",
        FaultManner.Plaintext => "-",
        _ => null,
    };

    private static ProtocolVersion VersionOf(Fault fault, ProbedVersion probed) => fault.Manner switch
    {
        FaultManner.Tls10 => ProtocolVersion.TLSv10,
        FaultManner.Tls11 => ProtocolVersion.TLSv11,
        _ => VersionOf(probed.Version),
    };

    /// <summary>A version as BouncyCastle has it.</summary>
    public static ProtocolVersion VersionOf(TlsVersion version) => version == TlsVersion.Tls12 ? ProtocolVersion.TLSv12 : ProtocolVersion.TLSv13;
}
