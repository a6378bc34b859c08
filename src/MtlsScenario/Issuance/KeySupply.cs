using MtlsScenario.Model;
using MtlsScenario.Seeding;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>
/// The new keys of a run. RSA keys, which take long, are generated on all cores from the start, in the order in which they
/// will be asked for; others when they are. Disposing of it lets go of those that nobody asked for.
/// </summary>
internal sealed class KeySupply : IDisposable
{
    private readonly Dictionary<string, Task<PrivateKey>> _ahead = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();

    private readonly KeySeed? _seed;

    /// <summary>Starts.</summary>
    /// <param name="wanted">The stems that will need a new key, and its kind; not those of fleets, which use all cores anyway.</param>
    /// <param name="seed">From which keys come; null to draw them.</param>
    public KeySupply(IEnumerable<(string Stem, KeyAlgorithm Kind)> wanted, KeySeed? seed = null)
    {
        _seed = seed;
        if (seed is not null)
        {
            seed.Prepare(wanted);
            return;
        }

        foreach ((string stem, KeyAlgorithm kind) in wanted.Where(key => key.Kind.IsRsa()))
        {
            _ahead.Add(stem, Task.Run(() => PrivateKey.Generate(kind), _end.Token));
        }
    }

    /// <summary>A new key, for a stem that has not had one. The caller disposes of it.</summary>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public PrivateKey Take(string stem, KeyAlgorithm kind, CancellationToken cancellationToken)
    {
        if (!_ahead.TryGetValue(stem, out Task<PrivateKey>? key))
        {
            return _seed?.Key(stem, kind) ?? PrivateKey.Generate(kind);
        }

        key.Wait(cancellationToken);
        _ahead.Remove(stem);
        return key.Result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        foreach (Task<PrivateKey> key in _ahead.Values)
        {
            key.ContinueWith(
                static made => made.Result.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        _end.Dispose();
    }
}
