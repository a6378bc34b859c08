namespace MtlsScenario.Seeding;

/// <summary>
/// Tells primes among random candidates, as FIPS 186-5 appendix B.3 does: trial divisions, then Miller-Rabin. Its arithmetic is
/// its own, because to look for a prime by that of the libraries takes three times as long.
/// </summary>
internal static class PrimeTest
{
    private const int LargestDivisor = 2000;

    /// <summary>Five rounds are what FIPS 186-5 table B.1 asks for with the smallest keys. Candidates are random, so the bases need not be.</summary>
    private static readonly int[] s_bases = [2, 3, 5, 7, 11];

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

        var arithmetic = new Montgomery(limbs, 8 * candidate.Length);
        return Array.TrueForAll(s_bases, arithmetic.Passes);
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

    /// <summary>Multiplication modulo a number n by Montgomery's method: x stands for x R mod n, where R is 2 to the bits of all limbs.</summary>
    private sealed class Montgomery
    {
        private readonly ulong[] _modulus;
        private readonly int _bits;
        private readonly ulong _inverse;
        private readonly ulong[] _one;
        private readonly ulong[] _minusOne;
        private readonly ulong[] _product;

        public Montgomery(ulong[] modulus, int bits)
        {
            (_modulus, _bits) = (modulus, bits);
            _product = new ulong[modulus.Length + 2];

            // Newton: each round doubles the bits of the inverse that are right, from three.
            ulong inverse = modulus[0];
            for (int right = 3; right < 64; right *= 2)
            {
                inverse *= 2 - (modulus[0] * inverse);
            }

            _inverse = 0 - inverse;

            // The first bit of n is 1, so that the power of 2 above it leaves what lies between them; from there it is doubled up to R.
            _one = new ulong[modulus.Length];
            Subtract(_one, modulus);
            int missing = (64 * modulus.Length) - bits;
            _one[^1] &= ulong.MaxValue >> missing;
            for (; missing > 0; missing--)
            {
                AddModular(_one, _one);
            }

            _minusOne = [.. modulus];
            Subtract(_minusOne, _one);
        }

        /// <summary>Whether n passes a round of Miller-Rabin. (n - 1) / 2 is odd, so that nothing is left to be squared.</summary>
        public bool Passes(int number)
        {
            ulong[] factor = new ulong[_modulus.Length];
            for (int count = 0; count < number; count++)
            {
                AddModular(factor, _one);
            }

            ulong[] power = [.. factor];
            for (int bit = _bits - 2; bit > 0; bit--)
            {
                Multiply(power, power);
                if ((_modulus[bit / 64] >> (bit % 64) & 1) == 0)
                {
                    continue;
                }

                if (number == 2)
                {
                    AddModular(power, power);
                }
                else
                {
                    Multiply(power, factor);
                }
            }

            return power.AsSpan().SequenceEqual(_one) || power.AsSpan().SequenceEqual(_minusOne);
        }

        private void Multiply(ulong[] left, ulong[] right)
        {
            Span<ulong> product = _product;
            ReadOnlySpan<ulong> modulus = _modulus;
            product.Clear();
            int length = modulus.Length;
            for (int row = 0; row < length; row++)
            {
                AddRow(product, left, right[row]);
                AddRow(product, modulus, product[0] * _inverse);
                product[1..].CopyTo(product);
                product[length + 1] = 0;
            }

            bool isOver = product[length] != 0;
            product[..length].CopyTo(left);
            if (isOver || Compare(left, modulus) >= 0)
            {
                Subtract(left, modulus);
            }
        }

        /// <summary>Adds a row of a product.</summary>
        private static void AddRow(Span<ulong> sum, ReadOnlySpan<ulong> row, ulong factor)
        {
            sum = sum[..(row.Length + 2)];
            ulong carry = 0;
            for (int limb = 0; limb < row.Length; limb++)
            {
                ulong high = Math.BigMul(row[limb], factor, out ulong low);
                low += carry;
                high += low < carry ? 1UL : 0;
                ulong total = sum[limb] + low;
                carry = high + (total < low ? 1UL : 0);
                sum[limb] = total;
            }

            sum[row.Length] += carry;
            sum[row.Length + 1] += sum[row.Length] < carry ? 1UL : 0;
        }

        private void AddModular(ulong[] left, ulong[] right)
        {
            ulong carry = 0;
            for (int limb = 0; limb < left.Length; limb++)
            {
                ulong one = left[limb];
                ulong sum = one + right[limb];
                ulong total = sum + carry;
                carry = (sum < one ? 1UL : 0) + (total < sum ? 1UL : 0);
                left[limb] = total;
            }

            if (carry != 0 || Compare(left, _modulus) >= 0)
            {
                Subtract(left, _modulus);
            }
        }

        private static void Subtract(ulong[] left, ReadOnlySpan<ulong> right)
        {
            ulong borrow = 0;
            for (int limb = 0; limb < left.Length; limb++)
            {
                ulong difference = left[limb] - right[limb];
                ulong next = (left[limb] < right[limb] ? 1UL : 0) + (difference < borrow ? 1UL : 0);
                left[limb] = difference - borrow;
                borrow = next;
            }
        }

        private static int Compare(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
        {
            for (int limb = left.Length - 1; limb >= 0; limb--)
            {
                if (left[limb] != right[limb])
                {
                    return left[limb] < right[limb] ? -1 : 1;
                }
            }

            return 0;
        }
    }
}
