using System.Security.Cryptography;
using MtlsScenario.Model;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Tests.X509;

/// <summary>Keys on curves, which on Linux libcrypto makes, reads and uses, against the platform's own classes.</summary>
public sealed class EcKeyTests
{
    private static readonly byte[] s_data = [.. Enumerable.Range(0, 300).Select(number => (byte)number)];

    public static TheoryData<KeyAlgorithm> Curves => [KeyAlgorithm.EcP256, KeyAlgorithm.EcP384, KeyAlgorithm.EcP521];

    /// <summary>RFC 6979 sections A.2.5 to A.2.7: a private key and the x of its public one.</summary>
    public static TheoryData<KeyAlgorithm, string, string> KnownKeys => new()
    {
        {
            KeyAlgorithm.EcP256,
            "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
            "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
        },
        {
            KeyAlgorithm.EcP384,
            "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5",
            "EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06AAE5286B300C64DEF8F0EA9055866064A254515480BC13"
        },
        {
            KeyAlgorithm.EcP521,
            "00FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75CAA896EB32F1F47C70855836A6D16FCC1466F6D8FBEC67DB89EC0C08B0E996B83538",
            "01894550D0785932E00EAA23B694F213F8C3121F86DC97A04E5A7167DB4E5BCD371123D46E45DB6B5D5370A7F20FB633155D38FFA16D2BD761DCAC474B9A2F5023A4"
        },
    };

    /// <summary>Otherwise the others would test the platform against itself.</summary>
    [Fact]
    public void Libcrypto_is_used_where_there_is_one() => Assert.Equal(OperatingSystem.IsLinux(), LibCrypto.IsThere);

    [Theory]
    [MemberData(nameof(Curves))]
    public void The_platform_takes_the_key_and_verifies_what_it_signs(KeyAlgorithm algorithm)
    {
        using PrivateKey key = PrivateKey.Generate(algorithm);
        using ECDsa platform = ECDsa.Create();
        platform.ImportPkcs8PrivateKey(key.ExportPkcs8(), out _);
        Assert.Equal(platform.ExportSubjectPublicKeyInfo(), key.SubjectPublicKeyInfo.ToArray());
        foreach (DigestAlgorithm digest in Enum.GetValues<DigestAlgorithm>())
        {
            Assert.True(platform.VerifyData(s_data, key.Sign(s_data, digest), SignatureAlgorithm.For(algorithm, digest).Hash, DSASignatureFormat.Rfc3279DerSequence));
        }
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void A_key_that_was_read_or_copied_signs_too(KeyAlgorithm algorithm)
    {
        using PrivateKey key = PrivateKey.Generate(algorithm);
        using PrivateKey read = Assert.IsType<KeyReadResult.Read>(PrivateKey.ReadPem(key.ExportPem())).Key;
        using PrivateKey copy = read.Clone();
        using ECDsa platform = Platform(key);
        foreach (PrivateKey one in new[] { read, copy })
        {
            Assert.True(platform.VerifyData(s_data, one.Sign(s_data, DigestAlgorithm.Sha384), HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence));
        }
    }

    [Theory]
    [MemberData(nameof(KnownKeys))]
    public void The_public_key_of_a_known_private_one_is_the_known_one(KeyAlgorithm algorithm, string scalar, string x)
    {
        EcCurve curve = EcCurve.Of(algorithm);
        using EcPrivateKey key = EcPrivateKey.FromScalar(curve, Convert.FromHexString(scalar));
        Assert.Equal(x, Convert.ToHexString(SubjectPublicKeys.Bits(key.SubjectPublicKeyInfo.Span).Slice(1, curve.FieldLength)));
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void What_is_no_private_key_of_the_curve_is_none(KeyAlgorithm algorithm)
    {
        EcCurve curve = EcCurve.Of(algorithm);
        byte[] greatest = new byte[curve.FieldLength];
        greatest.AsSpan().Fill(0xFF);
        Assert.Throws<CryptographicException>(() => EcPrivateKey.FromScalar(curve, new byte[curve.FieldLength]));
        Assert.Throws<CryptographicException>(() => EcPrivateKey.FromScalar(curve, greatest));
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void Of_a_signature_the_platform_thinks_the_same(KeyAlgorithm algorithm)
    {
        using ECDsa platform = ECDsa.Create(EcCurve.Of(algorithm).Curve);
        using ECDsa other = ECDsa.Create(EcCurve.Of(algorithm).Curve);
        using PublicKey key = PublicKey.TryRead(platform.ExportSubjectPublicKeyInfo())!;
        byte[] good = platform.SignData(s_data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        Assert.True(Verifies(key, good));
        List<byte[]> bad =
        [
            [],
            [0x30, 0],
            [0x30, 6, 2, 1, 0, 2, 1, 0],
            [0x30, 6, 2, 1, 1, 2, 1, 1],
            other.SignData(s_data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
            platform.SignData(s_data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            platform.SignData([1], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
            platform.SignData(s_data, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence),
            [.. good, 0],
            good[..^1],
        ];
        for (int index = 0; index < good.Length; index++)
        {
            byte[] changed = [.. good];
            changed[index] ^= 1;
            bad.Add(changed);
        }

        foreach (byte[] signature in bad)
        {
            Assert.False(Verifies(key, signature), Convert.ToHexString(signature));
            Assert.False(platform.VerifyData(s_data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }

        // What was refused is not in the way of what comes next, here or by the platform.
        Assert.True(Verifies(key, good));
        using ECDsa next = ECDsa.Create(EcCurve.Of(algorithm).Curve);
        Assert.NotEmpty(next.ExportSubjectPublicKeyInfo());
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void What_is_no_point_of_the_curve_is_no_public_key(KeyAlgorithm algorithm)
    {
        using PrivateKey key = PrivateKey.Generate(algorithm);
        byte[] spki = key.SubjectPublicKeyInfo.ToArray();
        int length = 2 * EcCurve.Of(algorithm).FieldLength;
        byte[] beside = [.. spki[..^1], (byte)(spki[^1] ^ 1)];
        byte[] beyond = [.. spki[..^length], .. Enumerable.Repeat((byte)0xFF, length)];
        byte[] hybrid = [.. spki];
        hybrid[^(length + 1)] = 5;
        foreach (byte[] wrong in new[] { beside, beyond, hybrid, spki[..^1] })
        {
            using PublicKey? read = PublicKey.TryRead(wrong);
            Assert.Null(read);
        }
    }

    [Fact]
    public void Keys_of_many_threads_are_all_different_and_whole()
    {
        byte[][] keys = new byte[400][];
        Parallel.For(0, keys.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index =>
        {
            using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.EcP256);
            using ECDsa platform = Platform(key);
            Assert.True(platform.VerifyData(s_data, key.Sign(s_data, DigestAlgorithm.Sha256), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
            keys[index] = key.ExportPkcs8();
        });
        Assert.Equal(keys.Length, keys.Select(Convert.ToHexString).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(100_000)]
    public void Digests_are_the_platform_s(int length)
    {
        byte[] data = RandomNumberGenerator.GetBytes(length);
        byte[] sha1 = new byte[20];
        Digests.Sha1(data, sha1);
        Assert.Equal(SHA256.HashData(data), Digests.Sha256(data));
#pragma warning disable CA5350 // Key identifiers are SHA-1.
        Assert.Equal(SHA1.HashData(data), sha1);
#pragma warning restore CA5350
    }

    private static bool Verifies(PublicKey key, byte[] signature) =>
        key.Verifies(s_data, signature, SignatureAlgorithm.For(KeyAlgorithm.EcP256, DigestAlgorithm.Sha256));

    private static ECDsa Platform(PrivateKey key)
    {
        ECDsa platform = ECDsa.Create();
        platform.ImportSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);
        return platform;
    }
}
