using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using MtlsScenario.X509;

namespace MtlsScenario.Seeding;

/// <summary>The ECDSA and RSA keys of a seed, by c2sp.org/det-keygen. Arithmetic of such keys is not of constant time, as that does not ask for it.</summary>
internal static class SeededKeys
{
    private static readonly BigInteger s_exponent = 65537;

    /// <summary>The ECDSA key. The caller disposes of it.</summary>
    public static EcPrivateKey Ec(EcCurve curve, ReadOnlySpan<byte> seed)
    {
        var draws = new HmacDrbg(seed, $"det ECDSA key gen {curve.Name}");
        byte[] scalar = Scalar(curve, draws);

        // Of all curves only P-256 leaves more than a negligible chance of a second draw.
        if (!curve.IsPrivate(scalar))
        {
            scalar = Scalar(curve, draws);
        }

        try
        {
            return EcPrivateKey.FromScalar(curve, scalar);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    /// <summary>The RSA key. The caller disposes of it.</summary>
    /// <param name="bits">Of the modulus: a multiple of 16.</param>
    /// <param name="seed">The seed.</param>
    public static RSA Rsa(int bits, ReadOnlySpan<byte> seed)
    {
        Span<byte> size = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)bits);
        var draws = new HmacDrbg(seed, "det RSA key gen", size);
        while (true)
        {
            BigInteger p = Prime(draws, bits / 16);
            BigInteger q = Prime(draws, bits / 16);
            if (PrivateExponent(p, q) is { } d)
            {
                return Rsa(bits, p, q, d);
            }
        }
    }

    /// <summary>The private exponent of two primes; null where both are to be drawn again.</summary>
    public static BigInteger? PrivateExponent(BigInteger p, BigInteger q)
    {
        BigInteger ratio = BigInteger.GreatestCommonDivisor(p - 1, q - 1);
        BigInteger totient = (p - 1) * (q - 1) / ratio;
        return ratio <= uint.MaxValue && !(totient % s_exponent).IsZero ? Inverse(s_exponent, totient) : null;
    }

    private static byte[] Scalar(EcCurve curve, HmacDrbg draws)
    {
        byte[] drawn = draws.Next(curve.FieldLength);
        int surplus = (8 * curve.FieldLength) - curve.OrderBits;
        var scalar = new BigInteger(drawn, isUnsigned: true, isBigEndian: true) >> surplus;
        return Bytes(scalar, curve.FieldLength);
    }

    private static BigInteger Prime(HmacDrbg draws, int length)
    {
        byte[] candidate;
        do
        {
            candidate = draws.Next(length);
            candidate[0] |= 0b1100_0000;
            candidate[^1] |= 0b0000_0111;
        }
        while (!PrimeTest.IsPrime(candidate));

        return new BigInteger(candidate, isUnsigned: true, isBigEndian: true);
    }

    private static RSA Rsa(int bits, BigInteger p, BigInteger q, BigInteger d)
    {
        int length = bits / 8;
        var parameters = new RSAParameters
        {
            Modulus = Bytes(p * q, length),
            Exponent = Bytes(s_exponent, 3),
            D = Bytes(d, length),
            P = Bytes(p, length / 2),
            Q = Bytes(q, length / 2),
            DP = Bytes(d % (p - 1), length / 2),
            DQ = Bytes(d % (q - 1), length / 2),
            InverseQ = Bytes(Inverse(q, p), length / 2),
        };
        return RSA.Create(parameters);
    }

    /// <summary>By Euclid's algorithm; the two have no common divisor.</summary>
    private static BigInteger Inverse(BigInteger number, BigInteger modulus)
    {
        (BigInteger old, BigInteger rest) = (modulus, number % modulus);
        (BigInteger before, BigInteger factor) = (BigInteger.Zero, BigInteger.One);
        while (!rest.IsZero)
        {
            BigInteger quotient = BigInteger.DivRem(old, rest, out BigInteger next);
            (old, rest) = (rest, next);
            (before, factor) = (factor, before - (quotient * factor));
        }

        return before.Sign < 0 ? before + modulus : before;
    }

    private static byte[] Bytes(BigInteger number, int length)
    {
        byte[] bytes = new byte[length];
        int count = number.GetByteCount(isUnsigned: true);
        number.TryWriteBytes(bytes.AsSpan(length - count), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }
}
