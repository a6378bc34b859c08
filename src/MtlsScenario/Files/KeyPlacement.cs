using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Files;

/// <summary>How a new key takes its place.</summary>
/// <param name="Access">Its mode and group, where it takes no other key's place.</param>
/// <param name="Replaces">SHA-256 of what was read in its place, which it replaces; null where nothing was there, and so nothing may be.</param>
/// <param name="Now">The moment by which what it replaces is put aside.</param>
internal sealed record KeyPlacement(KeyAccess Access, ReadOnlyMemory<byte>? Replaces = null, DateTimeOffset Now = default)
{
    /// <summary>A key that only its owner reads, where nothing is yet.</summary>
    public static KeyPlacement Plain { get; } = new(KeyAccess.OwnerOnly);

    /// <summary>What an empty file has for a digest: there is nothing in it to put aside.</summary>
    public static ReadOnlyMemory<byte> Empty { get; } = Digests.Sha256([]);

    /// <summary>Whether what it replaces may go: a copy in a file of a format, with no key in it that is not elsewhere.</summary>
    public bool IsDerived { get; init; }

    /// <summary>Whether a key is replaced, and not an empty file.</summary>
    public bool ReplacesKey => Replaces is { } digest && !digest.Span.SequenceEqual(Empty.Span);
}
