using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using MtlsScenario.Model;
using MtlsScenario.Seeding;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Tests.Seeding;

/// <summary>What comes of a seed stays what it is: a change would give everybody other keys. The vectors are this project's own.</summary>
public sealed class KeySeedTests
{
    private static readonly byte[] s_seed = Encoding.ASCII.GetBytes("a seed for the tests of seeds");

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048, "D31345D6D3DAADA703F9B006CD3BD0E78AA6AA27885A9144552AAB809B2A0535")]
    [InlineData(KeyAlgorithm.Rsa3072, "CC1139363DF02AA016B3FB5CB101BA6CFEC7E841B43D1FC014B0B32A4BFE1FAD")]
    [InlineData(KeyAlgorithm.Rsa4096, "65F48FA751B15DFC29767E5DBED15F1B07CDEC17339E750B9F43F6D600C4B7D6")]
    [InlineData(KeyAlgorithm.EcP256, "2A8783675066A55B3DF3BCD93D72F439A6EFD6357AE5F5F8792DB2BC125559B0")]
    [InlineData(KeyAlgorithm.EcP384, "5782C7D37CC4461E97E89FAF97ED54F9DBB7877E3ECD47D65D100249BD2A2BED")]
    [InlineData(KeyAlgorithm.EcP521, "227D603BB897A7F89B4E5071B97EE8EE54DF9C68E9A727EE7A594DB58E351A0D")]
    [InlineData(KeyAlgorithm.Ed25519, "AE1E8C59D75408430855252D378FA85CD3875EBCD800E4D24A273370902CA4D7")]
    [InlineData(KeyAlgorithm.MlDsa44, "FC5948FEBEC1E93862404F2E5E1DD33878EBBCD53D0BD7B93C632A864C79F89B")]
    [InlineData(KeyAlgorithm.MlDsa65, "3C83AA259A5A60941EFA66DDE943B34325ED213170E053A36E300D7405F57EC1")]
    [InlineData(KeyAlgorithm.MlDsa87, "0C69BBCD0D8C11E5C4DE7FA29E906A518CCD0C5B15C8433C89C284744733CD14")]
    public void A_key_comes_of_seed_kind_and_stem(KeyAlgorithm kind, string expected)
    {
        using var seed = new KeySeed(s_seed);
        using PrivateKey key = seed.Key("bob_server", kind);
        using PrivateKey again = seed.Key("bob_server", kind);

        Assert.Equal(expected, Convert.ToHexString(SHA256.HashData(key.ExportPkcs8())));
        Assert.Equal((kind, true), (key.Algorithm, key.IsDeterministic));
        Assert.Equal(key.ExportPkcs8(), again.ExportPkcs8());
        Assert.Equal(Sign(key), Sign(again));
        using PrivateKey copy = again.Clone();
        Assert.Equal(Sign(key), Sign(copy));
        using PublicKey? verifier = PublicKey.TryRead(key.SubjectPublicKeyInfo);
        Assert.True(verifier!.Verifies("message"u8, Sign(key), SignatureAlgorithm.For(kind, DigestAlgorithm.Sha256)));
    }

    [Fact]
    public void A_scalar_beyond_the_order_of_P_256_is_drawn_again()
    {
        // The seed is the one that the specification names.
        byte[] seed = Convert.FromHexString("b432f9be30890480298218510559aed7");
        var draws = new HmacDrbg(seed, "det ECDSA key gen P-256");
        Assert.False(EcCurve.Of(KeyAlgorithm.EcP256).IsPrivate(draws.Next(32)));
        byte[] second = draws.Next(32);

        using EcPrivateKey key = SeededKeys.Ec(EcCurve.Of(KeyAlgorithm.EcP256), seed);

        Assert.True(key.ExportPkcs8().AsSpan().IndexOf(second) > 0);
    }

    [Fact]
    public void Two_primes_are_drawn_again_where_the_exponent_has_no_inverse_or_they_have_much_in_common()
    {
        BigInteger p = BigInteger.Pow(2, 89) - 1;
        BigInteger q = BigInteger.Pow(2, 107) - 1;
        BigInteger d = SeededKeys.PrivateExponent(p, q)!.Value;
        BigInteger totient = (p - 1) * (q - 1) / BigInteger.GreatestCommonDivisor(p - 1, q - 1);
        Assert.Equal(BigInteger.One, d * 65537 % totient);

        BigInteger once = (65537 * 12) + 1;
        Assert.Null(SeededKeys.PrivateExponent(once, q));
        Assert.Null(SeededKeys.PrivateExponent(q, once));
        Assert.Null(SeededKeys.PrivateExponent(once, once));
        Assert.Null(SeededKeys.PrivateExponent((65537 * (BigInteger)65537 * 6) + 1, q));

        // 2^32 - 2 may be common (it is not divisible by 65537, as 2^32 - 1 is), and 2^32 may not.
        BigInteger most = uint.MaxValue - 1;
        Assert.NotNull(SeededKeys.PrivateExponent((most * 2) + 1, (most * 3) + 1));
        Assert.Null(SeededKeys.PrivateExponent((BigInteger.Pow(2, 32) * 3) + 1, (BigInteger.Pow(2, 32) * 5) + 1));
    }

    [Theory]
    [InlineData(1024, 1)]
    [InlineData(1032, 2)]
    [InlineData(2048, 3)]
    public void Primes_are_told_from_what_others_call_primes(int bits, int start)
    {
        var draws = new HmacDrbg([(byte)start, .. s_seed], "test");
        for (int count = 0; count < 400; count++)
        {
            byte[] candidate = draws.Next(bits / 8);
            candidate[0] |= 0xC0;
            candidate[^1] |= 7;
            bool expected = new Org.BouncyCastle.Math.BigInteger(1, candidate).IsProbablePrime(80);
            Assert.Equal(expected, PrimeTest.IsPrime(candidate));
        }

    }

    [Fact]
    public void Nothing_is_in_common_with_another_seed_stem_or_kind()
    {
        using var seed = new KeySeed(s_seed);
        using var other = new KeySeed([.. s_seed, 0]);
        string[] all =
        [
            .. from source in (KeySeed[])[seed, other]
               from stem in (string[])["ca", "bob_server"]
               from kind in (KeyAlgorithm[])[KeyAlgorithm.EcP256, KeyAlgorithm.Ed25519, KeyAlgorithm.MlDsa44, KeyAlgorithm.MlDsa65]
               select Export(source, stem, kind),
            Convert.ToHexString(seed.Serial(new byte[32]).ToByteArray()),
            Convert.ToHexString(other.Serial(new byte[32]).ToByteArray()),
            Convert.ToHexString(seed.Serial([.. new byte[31], 1]).ToByteArray()),
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void A_short_seed_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new KeySeed(new byte[15]));
        new KeySeed(new byte[16]).Dispose();
    }

    private static byte[] Sign(PrivateKey key) => key.Sign("message"u8, DigestAlgorithm.Sha256);

    private static string Export(KeySeed seed, string stem, KeyAlgorithm kind)
    {
        using PrivateKey key = seed.Key(stem, kind);
        return Convert.ToHexString(key.SubjectPublicKeyInfo.Span[^32..]);
    }
}
