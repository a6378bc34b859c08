using System.Security.Cryptography;

namespace MtlsScenario.X509;

/// <summary>Digests, by libcrypto where it is there and by the platform everywhere else.</summary>
internal static class Digests
{
    /// <summary>The SHA-256 of data: 32 bytes.</summary>
    public static byte[] Sha256(ReadOnlySpan<byte> data)
    {
        if (!LibCrypto.IsThere)
        {
            return SHA256.HashData(data);
        }

        byte[] digest = new byte[SHA256.HashSizeInBytes];
        LibCrypto.Hash("SHA256", data, digest);
        return digest;
    }

    /// <summary>The SHA-1 of data.</summary>
    /// <param name="data">Any number of bytes.</param>
    /// <param name="destination">20 bytes.</param>
    public static void Sha1(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        if (LibCrypto.IsThere)
        {
            LibCrypto.Hash("SHA1", data, destination);
            return;
        }

#pragma warning disable CA5350 // Identifiers are SHA-1 by their standards, and nothing relies on its strength.
        SHA1.HashData(data, destination);
#pragma warning restore CA5350
    }
}
