using MtlsScenario.Files;
using MtlsScenario.Model;

namespace MtlsScenario.Reconciling;

/// <summary>What stands in the place of a key.</summary>
internal abstract record KeyOnDisk
{
    private KeyOnDisk()
    {
    }

    /// <summary>SHA-256 of what was read; null where nothing is there, or nothing could be read.</summary>
    public ReadOnlyMemory<byte>? Digest { get; init; }

    /// <summary>Whose the file is, of a key that can be used; null where nobody asked, or that cannot be known.</summary>
    public UnixFileStatus? Status { get; init; }

    /// <summary>Nothing, or a file without content: what a power failure leaves of one that was never on disk.</summary>
    internal sealed record Missing : KeyOnDisk
    {
        public static Missing Instance { get; } = new();

        /// <summary>Whether a file is there, and empty.</summary>
        public bool IsEmpty => Digest is not null;
    }

    /// <summary>A key that can be used.</summary>
    /// <param name="Algorithm">Its kind; null for one that no scenario can ask for, such as RSA with 1024 bits.</param>
    /// <param name="Description">Its kind, for people.</param>
    /// <param name="SubjectPublicKeyInfo">Its public half, DER.</param>
    internal sealed record Present(
        KeyAlgorithm? Algorithm, string Description, ReadOnlyMemory<byte> SubjectPublicKeyInfo) : KeyOnDisk;

    /// <summary>Something that cannot be used and must not be lost.</summary>
    /// <param name="Fault">Why it cannot be used: <c>is encrypted</c>, <c>cannot be read (…)</c>.</param>
    /// <param name="Remedy">What would help; null where it was read and is damaged, so that only another key does.</param>
    internal sealed record Unusable(string Fault, string? Remedy) : KeyOnDisk;
}
