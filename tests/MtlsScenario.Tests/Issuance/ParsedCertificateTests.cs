using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MtlsScenario.Issuance;
using MtlsScenario.Layouts;
using MtlsScenario.Model;
using MtlsScenario.X509;
using Xunit;
using PublicKey = MtlsScenario.X509.PublicKey;

namespace MtlsScenario.Tests.Issuance;

public sealed class ParsedCertificateTests
{
    [Fact]
    public void A_truncated_certificate_is_none()
    {
        byte[] der = Made();
        for (int length = 0; length < der.Length; length++)
        {
            Assert.False(ParsedCertificate.TryParse(der.AsMemory(0, length), out _), $"{length} bytes");
        }

        Assert.False(ParsedCertificate.TryParse((byte[])[.. der, 0], out _));
    }

    [Fact]
    public void Whatever_bytes_are_changed_nothing_throws_and_no_signature_verifies()
    {
        byte[] der = Made();
        Assert.True(ParsedCertificate.TryParse(der, out ParsedCertificate? whole));
        using PublicKey key = PublicKey.TryRead(whole.SubjectPublicKeyInfo)!;
        Assert.True(whole.IsSignedBy(key));
        var describer = new CertificateDescriber([]);
        var random = new Random(20261124);
        for (int position = 0; position < der.Length; position++)
        {
            foreach (byte change in new[] { (byte)1, (byte)0x80, (byte)random.Next(1, 256) })
            {
                byte[] changed = [.. der];
                changed[position] ^= change;
                if (ParsedCertificate.TryParse(changed, out ParsedCertificate? certificate))
                {
                    Assert.NotNull(describer.Describe(certificate));
                    Assert.False(certificate.IsSignedBy(key), $"byte {position} changed by {change}");
                }
            }
        }
    }

    [Fact]
    public void Random_bytes_and_deep_nesting_are_no_certificate()
    {
        var random = new Random(4711);
        byte[] noise = new byte[512];
        for (int round = 0; round < 2000; round++)
        {
            random.NextBytes(noise);
            noise[0] = 0x30;
            Assert.False(ParsedCertificate.TryParse(noise, out _));
        }

        Assert.False(ParsedCertificate.TryParse(Enumerable.Repeat((byte[])[0x30, 0x80], 100_000).SelectMany(pair => pair).ToArray(), out _));
    }

    [Fact]
    public void What_the_platform_makes_is_read_in_full()
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest(
            new X500DistinguishedName("CN=\"a+b\", O=Étoile, 1.2.3.4=x"), key, HashAlgorithmName.SHA384, RSASignaturePadding.Pss);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 3, true));
        using X509Certificate2 made = request.CreateSelfSigned(
            new DateTimeOffset(1949, 1, 2, 3, 4, 5, TimeSpan.Zero), new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));

        Assert.True(ParsedCertificate.TryParse(made.RawData, out ParsedCertificate? read));
        Assert.Equal("/1.2.3.4=x/O=Étoile/CN=a\\+b", read.Subject.ToString());
        Assert.Equal("RSASSA-PSS", read.SignatureAlgorithm.Name);
        Assert.Equal(made.NotBefore.ToUniversalTime(), read.NotBefore.UtcDateTime);
        Assert.Equal(made.NotAfter.ToUniversalTime(), read.NotAfter.UtcDateTime);
        Assert.True(read.IsSignedBy(read.SubjectPublicKeyInfo));
        Assert.Equal("CA:TRUE, pathLenConstraint 3", ExtensionText.Of(read.Extensions[0]));
    }

    [Fact]
    public void A_certificate_is_found_among_other_text()
    {
        string pem = $"subject=x\r\n{new string('-', 200)}\r\n{PemOf(Made()).ReplaceLineEndings("\r\n")}trailing: text";
        Assert.True(ParsedCertificate.TryRead(Encoding.UTF8.GetBytes(pem), out _));
        Assert.False(ParsedCertificate.TryRead(Encoding.UTF8.GetBytes(pem.Replace("END", "FIN", StringComparison.Ordinal)), out _));
    }

    [Fact]
    public void PEM_is_written_as_the_platform_writes_it_but_with_a_newline_at_the_end()
    {
        for (int length = 0; length < 200; length++)
        {
            byte[] bytes = RandomNumberGenerator.GetBytes(length);
            Assert.Equal(
                PemEncoding.WriteString("X Y", bytes) + "\n",
                Encoding.ASCII.GetString(Pem.Encode("X Y", bytes)));
            Assert.True(Pem.TryDecode(Pem.Encode("X Y", bytes), "X Y", out byte[] back));
            Assert.Equal(bytes, back);
        }
    }

    private static byte[] Made()
    {
        using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.EcP256);
        return new NativeIssuer().SelfSign(
            Templates.Leaf() with { Extensions = Templates.Leaf().Extensions.RemoveAt(4) }, key, Templates.Now);
    }

    private static string PemOf(byte[] der) => Encoding.ASCII.GetString(Pem.Encode(Pem.Certificate, der));
}
