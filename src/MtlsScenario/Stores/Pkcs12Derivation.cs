using System.Globalization;
using System.Security.Cryptography;

namespace MtlsScenario.Stores;

/// <summary>The derivation of PKCS#12 (RFC 7292 appendix B.2).</summary>
/// <param name="Salt">The salt.</param>
/// <param name="Hash">The digest.</param>
/// <param name="Iterations">How often.</param>
/// <param name="Purpose">What is made: a key, an IV or the key of a MAC.</param>
internal sealed record Pkcs12Derivation(byte[] Salt, HashAlgorithmName Hash, int Iterations, byte Purpose) : KeyDerivation(Salt)
{
    /// <summary>The key of a cipher.</summary>
    public const byte Key = 1;

    /// <summary>Where a cipher begins.</summary>
    public const byte Iv = 2;

    /// <summary>The key of a MAC.</summary>
    public const byte Mac = 3;

    /// <inheritdoc/>
    public override string Text => string.Create(CultureInfo.InvariantCulture, $"{Hash} {Iterations}");

    /// <inheritdoc/>
    public override long Work => Iterations;

    /// <inheritdoc/>
    public override byte[] Derive(Password password, int length)
    {
        int block = Hash == HashAlgorithmName.SHA384 || Hash == HashAlgorithmName.SHA512 ? 128 : 64;
        byte[] bmp = password.ToBmp();
        byte[] input = [.. Enumerable.Repeat(Purpose, block), .. Repeated(Salt, block), .. Repeated(bmp, block)];
        CryptographicOperations.ZeroMemory(bmp);
        byte[] digest = CryptographicOperations.HashData(Hash, input);
        byte[] key = new byte[length];
        for (int done = 0; ; CryptographicOperations.HashData(Hash, input, digest))
        {
            for (int round = 1; round < Iterations; round++)
            {
                CryptographicOperations.HashData(Hash, digest, digest);
            }

            int part = Math.Min(digest.Length, length - done);
            digest.AsSpan(0, part).CopyTo(key.AsSpan(done));
            done += part;
            if (done == length)
            {
                CryptographicOperations.ZeroMemory(input);
                CryptographicOperations.ZeroMemory(digest);
                return key;
            }

            byte[] added = Repeated(digest, block);
            for (int start = block; start < input.Length; start += block)
            {
                AddAndOne(input.AsSpan(start, block), added);
            }
        }
    }

    /// <summary>The octets again and again, up to a multiple of the block; nothing stays nothing.</summary>
    private static byte[] Repeated(byte[] octets, int block)
    {
        byte[] repeated = new byte[(octets.Length + block - 1) / block * block];
        for (int index = 0; index < repeated.Length; index++)
        {
            repeated[index] = octets[index % octets.Length];
        }

        return repeated;
    }

    private static void AddAndOne(Span<byte> number, ReadOnlySpan<byte> added)
    {
        int carry = 1;
        for (int index = number.Length - 1; index >= 0; index--)
        {
            carry += number[index] + added[index];
            number[index] = (byte)carry;
            carry >>= 8;
        }
    }
}
