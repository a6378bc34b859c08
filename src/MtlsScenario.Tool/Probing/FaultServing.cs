using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Faults;
using MtlsScenario.Model;
using MtlsScenario.Tool.Probing.Schemes;
using Org.BouncyCastle.Tls;

namespace MtlsScenario.Tool.Probing;

/// <summary>Is a server with one fault after the other, and finds out whom a client trusts that it should not.</summary>
/// <param name="forge">Makes the certificates.</param>
/// <param name="faults">What is tried.</param>
/// <param name="title">What is tried, for people.</param>
/// <param name="scheme">What the client speaks.</param>
internal sealed class FaultServing(FaultForge forge, ImmutableArray<Fault> faults, string title, Scheme scheme)
{
    private static readonly ProtocolVersion[] s_both = [ProtocolVersion.TLSv13, ProtocolVersion.TLSv12];

    /// <summary>How long a client may still take when it is over.</summary>
    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(2);

    /// <summary>Runs a client once for the good certificate and once for each fault, on each version of TLS.</summary>
    /// <param name="listener">Where the server is.</param>
    /// <param name="run">Runs the client, and returns what it exited with.</param>
    /// <param name="done">Called whenever a run has ended.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<ProbeReport> RunAsync(FaultListener listener, Func<CancellationToken, Task<int>> run, Action done, CancellationToken cancellationToken)
    {
        var versions = ImmutableArray.CreateBuilder<ProbedVersion>();
        var results = ImmutableArray.CreateBuilder<ProbeResult>();
        foreach (TlsVersion version in (TlsVersion[])[TlsVersion.Tls12, TlsVersion.Tls13])
        {
            ProtocolVersion offered = Prober.VersionOf(version);
            listener.Show(forge.Good, FaultManner.Certificate, offered);
            string exit = Exit(await run(cancellationToken).ConfigureAwait(false));
            ClientObservation? good = await listener.ObservedAsync().ConfigureAwait(false);
            var probed = new ProbedVersion(version, null, $"{exit}, {good?.Words ?? "it did not call"}") { IsGood = good is { IsFooled: true } };
            versions.Add(probed);
            foreach (Fault fault in faults)
            {
                results.Add(await RunAsync(listener, fault, probed, offered, run, cancellationToken).ConfigureAwait(false));
                done();
            }
        }

        return new ProbeReport(title, versions.ToImmutable(), results.ToImmutable());
    }

    /// <summary>Listens on one port a fault, the good certificate first, until it is ended.</summary>
    /// <param name="listen">Where the first is.</param>
    /// <param name="ready">Told the ports, when all listen.</param>
    /// <param name="ended">Ends when it is to end.</param>
    /// <param name="cancellationToken">Ends the beginning early.</param>
    public async Task<ProbeReport> ListenAsync(ListenAddress listen, Action<IReadOnlyList<(string Id, int Port)>> ready, Task ended, CancellationToken cancellationToken)
    {
        var listeners = new List<(Fault? Fault, FaultListener Listener)>();
        var results = ImmutableArray.CreateBuilder<ProbeResult>();
        try
        {
            foreach ((int index, Fault? fault) in faults.Prepend(null).Index())
            {
                Forged forged = fault is null ? forge.Good : fault.Make(forge);
                if (forged is not Forged.Identity identity)
                {
                    results.Add(Unmade(fault!, "1.2 1.3", forged));
                    continue;
                }

                FaultListener listener = await FaultListener.StartAsync(listen.Host, listen.Port == 0 ? 0 : listen.Port + index, scheme, cancellationToken).ConfigureAwait(false);
                listener.Show(identity, fault?.Manner ?? FaultManner.Certificate, s_both);
                listeners.Add((fault, listener));
            }

            ready([.. listeners.Select(one => (one.Fault?.Id ?? "good", one.Listener.Port))]);
            await ended.ConfigureAwait(false);
            ClientObservation? good = await listeners[0].Listener.ObservedAsync(s_goodbye).ConfigureAwait(false);
            foreach ((Fault? fault, FaultListener listener) in listeners.Skip(1))
            {
                results.Add(ResultOf(fault!, "1.2 1.3", await listener.ObservedAsync(s_goodbye).ConfigureAwait(false), "nobody called"));
            }

            return new ProbeReport(title, [new ProbedVersion(TlsVersion.Tls13, null, good?.Words ?? "nobody called") { IsGood = good is { IsFooled: true } }], results.ToImmutable());
        }
        finally
        {
            listeners.ForEach(one => one.Listener.Dispose());
        }
    }

    private async Task<ProbeResult> RunAsync(
        FaultListener listener, Fault fault, ProbedVersion probed, ProtocolVersion offered, Func<CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        Forged forged = fault.Make(forge);
        if (forged is not Forged.Identity identity)
        {
            return Unmade(fault, probed.Name, forged);
        }

        if (!probed.IsGood)
        {
            return new ProbeResult(fault, fault.Server!.Value, probed.Name, ProbeVerdict.NotTried, "the good certificate was not taken");
        }

        listener.Show(identity, fault.Manner, offered);
        int exit = await run(cancellationToken).ConfigureAwait(false);
        ProbeResult result = ResultOf(fault, probed.Name, await listener.ObservedAsync().ConfigureAwait(false), "it did not call");
        return result with { Why = $"{Exit(exit)}, {result.Why}" };
    }

    private static ProbeResult ResultOf(Fault fault, string tls, ClientObservation? observed, string silence) => new(
        fault, fault.Server!.Value, tls, observed switch { null => ProbeVerdict.NotTried, { IsFooled: true } => ProbeVerdict.LetIn, _ => ProbeVerdict.Rejected }, observed?.Words ?? silence)
    {
        Alert = observed?.Alert,
    };

    private static ProbeResult Unmade(Fault fault, string tls, Forged forged) => forged switch
    {
        Forged.NotTried not => new(fault, fault.Server!.Value, tls, ProbeVerdict.NotTried, not.Why),
        Forged.DoesNotApply other => new(fault, fault.Server!.Value, tls, ProbeVerdict.DoesNotApply, other.Why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Exit(int code) => string.Create(CultureInfo.InvariantCulture, $"exit {code}");
}
