using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>What stands in the place of a key.</summary>
internal abstract record KeyOnDisk
{
    private KeyOnDisk()
    {
    }

    /// <summary>Nothing.</summary>
    internal sealed record Missing : KeyOnDisk
    {
        public static Missing Instance { get; } = new();
    }

    /// <summary>A key that can be used.</summary>
    /// <param name="Algorithm">Its kind; null for one that no scenario can ask for, such as RSA with 1024 bits.</param>
    /// <param name="Description">Its kind, for people.</param>
    /// <param name="SubjectPublicKeyInfo">Its public half, DER.</param>
    internal sealed record Present(
        KeyAlgorithm? Algorithm, string Description, ReadOnlyMemory<byte> SubjectPublicKeyInfo) : KeyOnDisk;

    /// <summary>Something that cannot be used and must not be lost.</summary>
    /// <param name="Fault">Why it cannot be used: <c>is encrypted</c>, <c>cannot be read (…)</c>.</param>
    internal sealed record Unusable(string Fault) : KeyOnDisk;
}
