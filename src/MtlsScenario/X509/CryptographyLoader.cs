using System.Security.Cryptography;
using MtlsScenario.Model;

namespace MtlsScenario.X509;

/// <summary>
/// Loads the platform's cryptography beside whatever else there is to do: to find, link and start OpenSSL takes longer than
/// to read a small scenario and its folder. Disposing of it waits for that, so that no process ends in the middle.
/// </summary>
internal sealed class CryptographyLoader : IDisposable
{
    // The pool would start three threads for one.
    private readonly Thread _thread = new(Load);

    /// <summary>Starts.</summary>
    public CryptographyLoader()
    {
        // Of two threads, each page that one of them writes first interrupts the other, and to link is to write a hundred.
        LibCrypto.Link();
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose() => _thread.Join();

    /// <summary>Uses each part once: the generator of random numbers, keys and signatures.</summary>
    private static void Load()
    {
        try
        {
            using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.EcP256);
            key.Sign([], DigestAlgorithm.Sha256);
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            // Whoever needs it will be told, and may need something else.
        }
    }
}
