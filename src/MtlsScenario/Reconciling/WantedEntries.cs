using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;

namespace MtlsScenario.Reconciling;

/// <summary>The entries that a scenario asks for, beside those that are remembered.</summary>
internal sealed class WantedEntries(CrlHistory memory, DateTimeOffset now)
{
    private readonly ImmutableArray<CrlEntry>.Builder _entries = ImmutableArray.CreateBuilder<CrlEntry>();
    private readonly ImmutableArray<(RevokedCertificate Certificate, int? Number)>.Builder _pending =
        ImmutableArray.CreateBuilder<(RevokedCertificate Certificate, int? Number)>();

    private readonly List<string> _new = [];
    private readonly List<string> _changed = [];
    private bool _comesFirst;
    private int _known;

    /// <summary>Asks for a certificate that the scenario does not describe.</summary>
    public void Add(RevokedSerial revoked) => Add(
        $"serial {Serial(revoked.Serial)}",
        memory.EntryOf(CrlEntry.Of(revoked.Serial, default, null).Serial, revoked.Reason, revoked.At, now));

    /// <summary>Asks for a certificate that is there.</summary>
    /// <param name="revoked">Which.</param>
    /// <param name="number">Which replica, or null.</param>
    /// <param name="serial">Its serial number.</param>
    /// <param name="isReplaced">Whether this run replaces it.</param>
    public void Add(RevokedCertificate revoked, int? number, ReadOnlyMemory<byte> serial, bool isReplaced)
    {
        bool isNew = Add(
            Replication.Fill(revoked.Stem, number), memory.EntryOf(serial, revoked.Revocation.Reason, revoked.Revocation.At, now));
        _comesFirst |= isNew && isReplaced;
    }

    /// <summary>Asks for a certificate that this run issues.</summary>
    public void Await(RevokedCertificate revoked, int? number)
    {
        _pending.Add((revoked, number));
        _new.Add(Replication.Fill(revoked.Stem, number));
    }

    /// <summary>Why a list must be made.</summary>
    public IEnumerable<string> Reasons(int most)
    {
        string[] added = [.. _new.Distinct(StringComparer.Ordinal)];
        if (added.Length > 0)
        {
            yield return $"revokes {Named(added, most)}";
        }

        if (_changed.Count > 0)
        {
            yield return $"says otherwise of {Named(_changed, most)}";
        }
    }

    /// <summary>What is remembered and not asked for; said where a list is made.</summary>
    public IEnumerable<string> Kept(int most)
    {
        int count = memory.Entries.Count - _known;
        if (count > 0)
        {
            HashSet<string> asked = [.. _entries.Select(entry => Convert.ToHexString(entry.Serial.Span))];
            IEnumerable<string> kept = memory.Entries.Where(entry => !asked.Contains(Convert.ToHexString(entry.Serial.Span)))
                .Take(most).Select(entry => Serial(entry.SerialNumber));
            yield return $"keeps {Named([.. kept], most, count)}, of which the scenario says nothing";
        }
    }

    /// <summary>All of it.</summary>
    public CrlChange Change() => new(memory, _entries.ToImmutable(), _pending.ToImmutable(), _comesFirst);

    private bool Add(string name, CrlEntry entry)
    {
        _entries.Add(entry);
        CrlEntry? known = memory.Find(entry.Serial);
        if (known is null)
        {
            _new.Add(name);
            return true;
        }

        _known++;
        if (known.Value.Reason != entry.Reason || known.Value.RevokedAt != entry.RevokedAt)
        {
            _changed.Add(name);
        }

        return false;
    }

    private static string Named(IReadOnlyCollection<string> names, int most, int? count = null) => (count ?? names.Count) - most is var more and > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(most))} and {more} more")
        : string.Join(", ", names);

    /// <summary>A serial number as a scenario has it.</summary>
    public static string Serial(BigInteger serial) => "0x" + serial.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
}
