using Org.BouncyCastle.Math;

namespace MtlsScenario.Seeding;

/// <summary>
/// Tells primes among random candidates, as FIPS 186-5 appendix B.3 does: trial divisions, then Miller-Rabin by BouncyCastle's
/// arithmetic, which takes half as long as .NET's.
/// </summary>
internal static class PrimeTest
{
    private const int LargestDivisor = 2000;

    /// <summary>Five rounds are what FIPS 186-5 table B.1 asks for with the smallest keys. Candidates are random, so the bases need not be.</summary>
    private static readonly BigInteger[] s_bases = [.. new[] { 2, 3, 5, 7, 11 }.Select(number => BigInteger.ValueOf(number))];

    /// <summary>Odd primes, as many together as fit into 32 bits, with their product.</summary>
    private static readonly (uint Product, uint[] Primes)[] s_divisors = [.. Divisors()];

    /// <summary>Whether a number is prime.</summary>
    /// <param name="candidate">Big-endian; the first bit is 1, and the last three are.</param>
    public static bool IsPrime(ReadOnlySpan<byte> candidate)
    {
        ulong[] limbs = new ulong[(candidate.Length + sizeof(ulong) - 1) / sizeof(ulong)];
        for (int place = 0; place < candidate.Length; place++)
        {
            limbs[place / sizeof(ulong)] |= (ulong)candidate[^(place + 1)] << (8 * (place % sizeof(ulong)));
        }

        foreach ((uint product, uint[] primes) in s_divisors)
        {
            ulong rest = 0;
            for (int limb = limbs.Length - 1; limb >= 0; limb--)
            {
                rest = ((rest << 32) | (limbs[limb] >> 32)) % product;
                rest = ((rest << 32) | (uint)limbs[limb]) % product;
            }

            foreach (uint prime in primes)
            {
                if (rest % prime == 0)
                {
                    return false;
                }
            }
        }

        // (n - 1) / 2 is odd, so that nothing is left to be squared.
        var number = new BigInteger(1, candidate);
        BigInteger half = number.ShiftRight(1);
        BigInteger minusOne = number.Subtract(BigInteger.One);
        return Array.TrueForAll(s_bases, factor => factor.ModPow(half, number) is var power && (power.Equals(BigInteger.One) || power.Equals(minusOne)));
    }

    private static IEnumerable<(uint Product, uint[] Primes)> Divisors()
    {
        var group = new List<uint>();
        uint product = 1;
        for (uint number = 3; number < LargestDivisor; number += 2)
        {
            uint divisor = 3;
            while (divisor * divisor <= number && number % divisor != 0)
            {
                divisor += 2;
            }

            if (divisor * divisor <= number)
            {
                continue;
            }

            if ((ulong)product * number > uint.MaxValue)
            {
                yield return (product, [.. group]);
                (product, _) = (1, group.RemoveAll(_ => true));
            }

            product *= number;
            group.Add(number);
        }

        yield return (product, [.. group]);
    }
}
