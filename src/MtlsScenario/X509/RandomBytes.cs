using System.Security.Cryptography;

namespace MtlsScenario.X509;

/// <summary>Random bytes for keys, salts and serial numbers, by libcrypto where it is there and by the platform everywhere else.</summary>
internal static class RandomBytes
{
    /// <summary>Draws that many.</summary>
    public static byte[] Draw(int length)
    {
        byte[] bytes = new byte[length];
        Fill(bytes);
        return bytes;
    }

    /// <summary>Draws as many as there is room for.</summary>
    public static void Fill(Span<byte> bytes)
    {
        if (LibCrypto.IsThere)
        {
            LibCrypto.Fill(bytes);
        }
        else
        {
            RandomNumberGenerator.Fill(bytes);
        }
    }
}
