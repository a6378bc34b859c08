using System.Collections.Concurrent;
using MtlsScenario.Planning;
using MtlsScenario.Seeding;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>
/// Issues the replicas of a party: all of them on all cores, each handed over and forgotten, or single ones, which are
/// kept. The issuer's key must outlive it.
/// </summary>
/// <param name="fleet">The certificates that differ in their number only.</param>
/// <param name="issuer">Who signs them.</param>
/// <param name="now">The moment of issuance, UTC.</param>
/// <param name="seed">From which keys and serial numbers come; null to draw them.</param>
internal sealed class ReplicaIssuer(PlannedCertificate fleet, IssuingAuthority issuer, DateTimeOffset now, KeySeed? seed = null) : IDisposable
{
    private readonly ConcurrentDictionary<int, MadeCertificate> _kept = new();
    private readonly ConcurrentBag<IssuingWorker> _idle = [];
    private readonly ConcurrentBag<PrivateKey> _copies = [];
    private readonly Lock _keeping = new();

    /// <summary>The replica of that number, which is kept: who asks again gets the same.</summary>
    public MadeCertificate this[int number]
    {
        get
        {
            lock (_keeping)
            {
                if (!_kept.TryGetValue(number, out MadeCertificate? made))
                {
                    _kept[number] = made = Make(number);
                }

                return made;
            }
        }
    }

    /// <summary>Makes each replica once. One that is kept is the one that is handed over.</summary>
    /// <param name="each">Given each replica, in any order, also by several threads at once, only while it is called.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public void Issue(Action<MadeCertificate> each, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions
        {
            CancellationToken = cancellationToken,
            MaxDegreeOfParallelism = Environment.ProcessorCount,
        };
        Parallel.For(1, fleet.Replicas!.Count + 1, options, number => Use(number, each));
    }

    /// <summary>Hands over the replica of that number, which is kept only where it was before.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="use">Given it, only while it is called.</param>
    public void Use(int number, Action<MadeCertificate> use)
    {
        if (_kept.TryGetValue(number, out MadeCertificate? kept))
        {
            use(kept);
            return;
        }

        using MadeCertificate made = Make(number);
        use(made);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable owned in _kept.Values.Concat<IDisposable>(_copies))
        {
            owned.Dispose();
        }
    }

    private MadeCertificate Make(int number)
    {
        IssuingWorker worker = _idle.TryTake(out IssuingWorker? idle) ? idle : NewWorker();
        try
        {
            return worker.Make(number);
        }
        finally
        {
            _idle.Add(worker);
        }
    }

    private IssuingWorker NewWorker()
    {
        // Copying a key reads it, and keys are for one thread at a time.
        lock (issuer)
        {
            IssuingAuthority copy = issuer.Copy();
            _copies.Add(copy.Key);
            return new IssuingWorker(fleet, copy, now, seed);
        }
    }
}
