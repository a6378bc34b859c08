using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MtlsScenario.Model;
using MtlsScenario.Stores;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Xunit;

namespace MtlsScenario.Tests.Stores;

public sealed class Pkcs12Tests : IDisposable
{
    private const string Text = "correct horse";

    private readonly StoreSample _sample = new();
    private readonly Password _password = Password.Of(Encoding.ASCII.GetBytes(Text));

    public static TheoryData<KeyAlgorithm> Algorithms => [KeyAlgorithm.Rsa2048, KeyAlgorithm.EcP256, KeyAlgorithm.EcP521, KeyAlgorithm.Ed25519];

    public void Dispose()
    {
        _sample.Dispose();
        _password.Dispose();
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_store_is_opened_and_made_again_from_what_was_drawn(KeyAlgorithm algorithm)
    {
        using var sample = new StoreSample(algorithm);
        foreach (StoreEncryption encryption in Enum.GetValues<StoreEncryption>())
        {
            byte[] file = sample.Identity(_password, encryption);
            using Pkcs12Content content = Open(file, _password);
            Assert.Equal(sample.Chain.Select(Hex), content.Certificates.Select(certificate => Hex(certificate.Der)));
            Assert.Equal(Hex(sample.Pkcs8), Hex(Assert.Single(content.Keys).Pkcs8));
            Assert.Equal([StoreSample.Alias, null], content.Certificates.Select(certificate => certificate.Attributes.Alias));
            Assert.Equal(content.Certificates[0].Attributes, content.Keys[0].Attributes);
            Assert.Equal(content.Keys[0].Attributes.LocalKeyId, Hex(Pkcs12Writer.KeyIdOf(sample.Chain[0].Span)));

            IdentityDraws draws = Assert.IsType<IdentityDraws>(IdentityDraws.Of(content, encryption));
            Assert.Equal(Hex(file), Hex(Pkcs12Writer.Identity(StoreSample.Alias, sample.Pkcs8, sample.Chain, _password, draws)));
            Assert.Null(IdentityDraws.Of(content, encryption == StoreEncryption.Aes256 ? StoreEncryption.TripleDes : StoreEncryption.Aes256));
        }
    }

    [Theory]
    [InlineData(StoreEncryption.Aes256)]
    [InlineData(StoreEncryption.TripleDes)]
    public void The_platform_and_BouncyCastle_open_what_is_written(StoreEncryption encryption)
    {
        byte[] file = _sample.Identity(_password, encryption);
        X509Certificate2Collection read = X509CertificateLoader.LoadPkcs12Collection(file, Text, X509KeyStorageFlags.EphemeralKeySet);
        Assert.Equal(2, read.Count);
        Assert.Equal(Hex(_sample.Chain[0]), Hex(Assert.Single(read, certificate => certificate.HasPrivateKey).RawData));
        Pkcs12Store store = new Pkcs12StoreBuilder().Build();
        store.Load(new MemoryStream(file), Text.ToCharArray());
        Assert.Equal([StoreSample.Alias], store.Aliases.Where(store.IsKeyEntry));
        Assert.Equal(2, store.GetCertificateChain(StoreSample.Alias).Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("пароль с пробелом")]
    public void What_the_platform_and_BouncyCastle_write_is_opened(string? text)
    {
        using Password password = Password.Of(Encoding.UTF8.GetBytes(text ?? ""));
        using ECDsa key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_sample.Pkcs8, out _);
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(_sample.Chain[0].Span).CopyWithPrivateKey(key);
        foreach (Pkcs12ExportPbeParameters parameters in new[] { Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, Pkcs12ExportPbeParameters.Pkcs12TripleDesSha1 })
        {
            AssertHasKey(certificate.ExportPkcs12(parameters, text), password);
        }

        // Its default is BER, and RC2 with 40 bits for the certificates.
        Pkcs12Store store = new Pkcs12StoreBuilder().Build();
        store.SetKeyEntry(
            "other", new AsymmetricKeyEntry(PrivateKeyFactory.CreateKey(_sample.Pkcs8)),
            [new X509CertificateEntry(new Org.BouncyCastle.X509.X509Certificate(_sample.Chain[0].ToArray()))]);
        using var written = new MemoryStream();
        store.Save(written, (text ?? "").ToCharArray(), new SecureRandom());
        AssertHasKey(written.ToArray(), password, "other");
        using Pkcs12Content old = Open(written.ToArray(), password);
        Assert.Equal("RC2-40-CBC, SHA1 1024", old.Certificates[0].Encryption?.Text);
    }

    [Fact]
    public void A_trust_store_is_a_function_of_what_is_in_it()
    {
        byte[] file = Pkcs12Writer.TrustStore(_sample.Anchors, _password);
        Assert.Equal(file, Pkcs12Writer.TrustStore(_sample.Anchors, _password));
        using Pkcs12Content content = Open(file, _password);
        Assert.Empty(content.Keys);
        Assert.Equal(_sample.Anchors.Select(anchor => anchor.Alias), content.Certificates.Select(certificate => certificate.Attributes.Alias));
        Assert.All(content.Certificates, certificate => Assert.True(certificate.Attributes.IsTrusted && certificate.Encryption is null));
        using Password other = Password.WellKnown();
        Assert.NotEqual(file, Pkcs12Writer.TrustStore(_sample.Anchors, other));
        Assert.Equal(StoreFaultKind.WrongPassword, Fault(file, other).Kind);
        Assert.Equal(2, X509CertificateLoader.LoadPkcs12Collection(file, Text).Count);
    }

    [Fact]
    public void Another_password_is_told_from_damage()
    {
        byte[] file = _sample.Identity(_password);
        using Password other = Password.Of("correct hors"u8);
        Assert.Equal(StoreFaultKind.WrongPassword, Fault(file, other).Kind);
        Assert.Equal(new StoreFault(StoreFaultKind.Damaged, "it is no PKCS#12, or damaged"), Fault(file[..^1], _password));
        Assert.Equal(StoreFaultKind.Damaged, Fault(_sample.ChainPem, _password).Kind);
        byte[] changed = [.. file];
        changed[^20] ^= 1;
        Assert.Equal(new StoreFault(StoreFaultKind.Damaged, "it was changed, for its MAC is not that of its content"), Fault(changed, _password));
    }

    [Fact]
    public void Nothing_is_opened_that_was_changed_and_nothing_is_thrown()
    {
        var random = new Random(12);
        var encryption = new PasswordEncryption(new Pkcs12Derivation([1, 2], HashAlgorithmName.SHA1, 1, Pkcs12Derivation.Key), BlockCipher.Pkcs12TripleDes, null);
        var draws = new IdentityDraws(encryption, encryption, Pkcs12Mac.Of(HashAlgorithmName.SHA1, [3], 2));
        byte[] identity = Pkcs12Writer.Identity(StoreSample.Alias, _sample.Pkcs8, _sample.Chain, _password, draws);
        byte[] anchors = Pkcs12Writer.TrustStore(_sample.Anchors, _password);
        int opened = 0;
        foreach (byte[] file in new[] { identity, anchors })
        {
            using Pkcs12Content whole = Open(file, _password);
            foreach (int position in Enumerable.Range(0, file.Length).Where(at => at < 120 || at > file.Length - 120 || random.Next(8) == 0))
            {
                Assert.NotNull(Pkcs12Reader.TryOpen(file.AsMemory(0, position), _password, out _));
                byte[] changed = [.. file];
                changed[position] = (byte)random.Next(256);
                if (Pkcs12Reader.TryOpen(changed, _password, out Pkcs12Content? content) is null)
                {
                    opened++;
                    Assert.Equal(whole.Certificates.Select(certificate => Hex(certificate.Der)), content!.Certificates.Select(certificate => Hex(certificate.Der)));
                    Assert.Equal(whole.Keys.Select(key => Hex(key.Pkcs8)), content.Keys.Select(key => Hex(key.Pkcs8)));
                    content.Dispose();
                }
            }
        }

        // By chance an octet is replaced by itself.
        Assert.InRange(opened, 0, 20);
    }

    [Fact]
    public void A_file_that_asks_for_a_year_of_work_is_refused()
    {
        byte[] salt = new byte[8];
        var endless = new PasswordEncryption(new KeyDerivation.Pbkdf2(salt, HashAlgorithmName.SHA256, int.MaxValue), BlockCipher.Aes256, new byte[16]);
        PasswordEncryption dear = endless with { Derivation = new KeyDerivation.Pbkdf2(salt, HashAlgorithmName.SHA256, 1_200_000) };
        Assert.Equal(StoreFaultKind.Unsupported, Fault(Hostile(Pkcs12Mac.Of(HashAlgorithmName.SHA256, salt, int.MaxValue)), _password).Kind);
        Assert.Equal(StoreFaultKind.Unsupported, Fault(Hostile(null, endless), _password).Kind);

        // What each asks for is little enough, and what all ask for is not.
        Assert.Equal(StoreFaultKind.Unsupported, Fault(Hostile(Pkcs12Mac.Of(HashAlgorithmName.SHA256, salt, 1_200_000), dear), _password).Kind);
    }

    [Theory]
    [InlineData("12345", "it has fewer than 6 characters")]
    [InlineData("", "it has fewer than 6 characters")]
    [InlineData("-$'\"\\ ~", null)]
    [InlineData("secret\r", "it ends in a carriage return: the file has the line ends of Windows")]
    [InlineData("sécret", "it has other than printable ASCII characters")]
    [InlineData("sec\tret", "it has other than printable ASCII characters")]
    public void A_password_is_what_every_reader_takes(string text, string? fault)
    {
        using Password password = Password.FirstLine(Encoding.UTF8.GetBytes(text + "\nanother line"));
        Assert.Equal(Encoding.UTF8.GetBytes(text), password.Octets.ToArray());
        Assert.Equal(fault, password.Fault);
    }

    [Theory]
    [InlineData(1023, null)]
    [InlineData(1024, "it has more than 1023 characters")]
    public void A_password_is_not_longer_than_openssl_takes(int length, string? fault)
    {
        using Password password = Password.FirstLine(Encoding.ASCII.GetBytes(new string('a', length)));
        Assert.Equal(fault, password.Fault);
    }

    private static void AssertHasKey(byte[] file, Password password, string? alias = null)
    {
        using Pkcs12Content content = Open(file, password);
        Assert.Single(content.Keys);
        Assert.Equal(alias, content.Keys[0].Attributes.Alias);
    }

    /// <summary>A store of one part, encrypted as is said, of which nothing is right but the form.</summary>
    private static byte[] Hostile(Pkcs12Mac? mac, PasswordEncryption? encryption = null)
    {
        var safes = new AsnWriter(AsnEncodingRules.DER);
        using (safes.PushSequence())
        {
            if (encryption is not null)
            {
                using (safes.PushSequence())
                {
                    safes.WriteObjectIdentifier(StoreOids.EncryptedData);
                    using (safes.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                    using (safes.PushSequence())
                    {
                        safes.WriteInteger(0);
                        using (safes.PushSequence())
                        {
                            safes.WriteObjectIdentifier(StoreOids.Data);
                            encryption.Write(safes);
                            safes.WriteOctetString(new byte[64], new Asn1Tag(TagClass.ContextSpecific, 0));
                        }
                    }
                }
            }
        }

        var file = new AsnWriter(AsnEncodingRules.DER);
        using (file.PushSequence())
        {
            file.WriteInteger(3);
            using (file.PushSequence())
            {
                file.WriteObjectIdentifier(StoreOids.Data);
                using (file.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    file.WriteOctetString(safes.Encode());
                }
            }

            mac?.Write(file, new byte[32]);
        }

        return file.Encode();
    }

    private static Pkcs12Content Open(byte[] file, Password password)
    {
        StoreFault? fault = Pkcs12Reader.TryOpen(file, password, out Pkcs12Content? content);
        Assert.True(fault is null, fault?.Reason);
        return content!;
    }

    private static StoreFault Fault(byte[] file, Password password)
    {
        StoreFault? fault = Pkcs12Reader.TryOpen(file, password, out Pkcs12Content? content);
        content?.Dispose();
        return Assert.IsType<StoreFault>(fault);
    }

    private static string Hex(ReadOnlyMemory<byte> octets) => Convert.ToHexString(octets.Span);
}
