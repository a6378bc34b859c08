using System.Numerics;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Revocation;

/// <summary>
/// What the CRLs of one key that are there remember: every entry of every one of them, and the largest number. An entry is never
/// taken off, so that one deleted or outdated file loses nothing.
/// </summary>
internal sealed class CrlHistory
{
    private readonly Dictionary<ReadOnlyMemory<byte>, CrlEntry> _entries = new(new SerialComparer());

    /// <summary>Remembers lists of one key; where two know one certificate the newer says why and since when.</summary>
    public CrlHistory(IEnumerable<ParsedCrl> lists)
    {
        foreach (ParsedCrl crl in lists.OrderBy(crl => crl.Number ?? -1))
        {
            Largest = BigInteger.Max(Largest, crl.Number ?? 0);
            foreach (CrlEntry entry in crl.Entries)
            {
                _entries[entry.Serial] = entry;
            }
        }
    }

    /// <summary>Nothing yet.</summary>
    public static CrlHistory None { get; } = new([]);

    /// <summary>The largest number; 0 where there is none.</summary>
    public BigInteger Largest { get; }

    /// <summary>The entries, in no order.</summary>
    public IReadOnlyCollection<CrlEntry> Entries => _entries.Values;

    /// <summary>The entry of a certificate, or null.</summary>
    public CrlEntry? Find(ReadOnlyMemory<byte> serial) => _entries.TryGetValue(serial, out CrlEntry entry) ? entry : null;

    /// <summary>The entries with these among them.</summary>
    public IReadOnlyCollection<CrlEntry> With(IEnumerable<CrlEntry> others)
    {
        var all = new Dictionary<ReadOnlyMemory<byte>, CrlEntry>(_entries, _entries.Comparer);
        foreach (CrlEntry entry in others)
        {
            all[entry.Serial] = entry;
        }

        return all.Values;
    }

    /// <summary>The entry that a certificate is to have: what is remembered stays, but for what the scenario says otherwise.</summary>
    /// <param name="serial">Its serial number.</param>
    /// <param name="reason">Why; null where the scenario says nothing.</param>
    /// <param name="at">Since when; null where the scenario says nothing.</param>
    /// <param name="now">The moment at which a new entry is made, UTC.</param>
    public CrlEntry EntryOf(ReadOnlyMemory<byte> serial, RevocationReason? reason, TimePoint? at, DateTimeOffset now)
    {
        CrlEntry? known = Find(serial);
        DateTimeOffset since = at switch
        {
            TimePoint.Instant { Time: var written } => written,
            _ when known is { RevokedAt: var before } => before,
            _ => (at ?? new TimePoint.Offset(TimeSpan.Zero)).At(now),
        };
        return new CrlEntry(serial, since, reason ?? known?.Reason);
    }

    /// <summary>What the next list is to say.</summary>
    /// <param name="template">What is planned.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="authority">From when to when the authority's certificate is valid.</param>
    /// <param name="now">The moment at which it is made, UTC.</param>
    public CrlContent Next(
        CrlTemplate template, IReadOnlyCollection<CrlEntry> entries, (DateTimeOffset From, DateTimeOffset Until) authority, DateTimeOffset now)
    {
        now = now.ToUniversalTime();
        DateTimeOffset second = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        BigInteger number = BigInteger.Max(Largest + 1, (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        (DateTimeOffset from, DateTimeOffset until) = template.Validity is { } validity
            ? (validity.From.At(now), validity.Until.At(now))
            : (second, CrlTemplate.EndFor(authority, second));
        return new CrlContent(from, until, number, entries, template.Digest);
    }

    private sealed class SerialComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public bool Equals(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second) => first.Span.SequenceEqual(second.Span);

        public int GetHashCode(ReadOnlyMemory<byte> serial)
        {
            HashCode hash = default;
            hash.AddBytes(serial.Span);
            return hash.ToHashCode();
        }
    }
}
