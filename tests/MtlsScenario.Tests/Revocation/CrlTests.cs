using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Tests.Revocation;

public sealed class CrlTests
{
    private static readonly DateTimeOffset _from = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(KeyAlgorithm.EcP256, 2049)]
    [InlineData(KeyAlgorithm.Ed25519, 2050)]
    [InlineData(KeyAlgorithm.Rsa2048, 2051)]
    public void What_is_written_is_read_back_sorted(KeyAlgorithm algorithm, int until)
    {
        using PrivateKey key = PrivateKey.Generate(algorithm);
        CrlEntry[] entries =
        [
            CrlEntry.Of(BigInteger.Pow(2, 158), _from.AddYears(30), RevocationReason.CaCompromise),
            CrlEntry.Of(0x80, _from, null),
            CrlEntry.Of(0x7F, _from.AddDays(-1), RevocationReason.KeyCompromise),
        ];
        ParsedCrl crl = Make(key, entries, _from.AddYears(until - _from.Year));

        Assert.Equal((2, 7, "/CN=ca"), (crl.Version, (int)crl.Number!, crl.Issuer.ToString()));
        Assert.Equal((_from, until), (crl.ThisUpdate, crl.NextUpdate!.Value.Year));
        Assert.Equal(
            entries.Reverse().Select(entry => (entry.SerialNumber, entry.RevokedAt, entry.Reason)),
            crl.Entries.Select(entry => (entry.SerialNumber, entry.RevokedAt, entry.Reason)));
        Assert.Equal(RevocationReason.CaCompromise, crl.Find(entries[0].Serial.Span)!.Value.Reason);
        Assert.Null(crl.Find([0x01]));
        Assert.Empty(crl.UnknownCriticalExtensions);
        Assert.True(crl.IsSignedBy(key.SubjectPublicKeyInfo));
        using PrivateKey other = PrivateKey.Generate(algorithm);
        Assert.False(crl.IsSignedBy(other.SubjectPublicKeyInfo));
    }

    [Fact]
    public void Every_shorter_or_longer_list_is_none_and_no_changed_octet_keeps_its_signature()
    {
        using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.EcP256);
        byte[] der = Make(key, [CrlEntry.Of(5, _from, RevocationReason.Superseded)], _from.AddDays(7)).Der.ToArray();

        Assert.All(Enumerable.Range(0, der.Length), length => Assert.False(ParsedCrl.TryParse(der.AsMemory(0, length), out _)));
        Assert.False(ParsedCrl.TryParse((byte[])[.. der, 0], out _));
        Assert.All(Enumerable.Range(0, der.Length), index =>
        {
            byte[] changed = [.. der];
            changed[index] ^= 0x01;
            Assert.False(ParsedCrl.TryParse(changed, out ParsedCrl? crl) && crl.IsSignedBy(key.SubjectPublicKeyInfo), $"octet {index}");
        });
    }

    /// <summary>.NET's builder is somebody else's; what it cannot say, openssl does in the tests with other programs.</summary>
    [Fact]
    public void The_list_of_another_maker_is_read_and_one_of_ours_is_read_by_it()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        var request = new CertificateRequest("CN=ca", rsa, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using X509Certificate2 ca = request.CreateSelfSigned(_from, _from.AddDays(9));
        var builder = new CertificateRevocationListBuilder();
        builder.AddEntry([0x7F, 0x01], _from, X509RevocationReason.PrivilegeWithdrawn);
        byte[] theirs = builder.Build(ca, 12, _from.AddDays(1), System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1, _from);

        Assert.True(ParsedCrl.TryRead(Pem.Encode(Pem.Crl, theirs), out ParsedCrl? crl));
        Assert.Equal((12, RevocationReason.PrivilegeWithdrawn), ((int)crl.Number!, crl.Find([0x7F, 0x01])!.Value.Reason));
        Assert.True(crl.IsSignedBy(ca.PublicKey.ExportSubjectPublicKeyInfo()));
        Assert.NotNull(crl.AuthorityKeyIdentifier);

        using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.EcP256);
        ParsedCrl ours = Make(key, [CrlEntry.Of(0xFF01, _from, null)], _from.AddDays(7));
        CertificateRevocationListBuilder loaded = CertificateRevocationListBuilder.Load(ours.Der.ToArray(), out BigInteger number);
        Assert.Equal(7, number);
        Assert.True(loaded.RemoveEntry([0x00, 0xFF, 0x01]));
    }

    [Theory]
    [InlineData("crl", "root,ca", "bob_server.crl")]
    [InlineData("none", "", "")]
    public void Who_checks_gets_the_lists_of_the_anchors_and_of_all_who_sign_below_them(string revocation, string issuers, string bundle)
    {
        Plan plan = PlanOf($$"""
            name: x
            authorities:
              other: { subject: /CN=other }
              root: { subject: /CN=root }
              silent: { subject: /CN=silent, issuer: root, crl: none }
              ca: { subject: /CN=ca, issuer: root }
              idle: { subject: /CN=idle, issuer: root }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca, trusts: [root], revocation: {{revocation}} } }
              amy: { client: { subject: /CN=amy, issuer: silent, trusts: [root] } }
              eve: { client: { subject: /CN=eve, issuer: other, trusts: [root] } }
            """);

        Assert.Equal(issuers, string.Join(',', plan["bob_server"].CrlIssuers));
        Assert.Equal(bundle, plan["bob_server"].Files.Crl ?? "");
        Assert.Equal(
            issuers.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => $"{name}.crl"),
            plan.CrlSteps.Select(final => final.Step).OfType<SignCrl>().Select(step => step.CrlFile));
        Assert.Null(plan["silent"].Files.Crl);
    }

    [Fact]
    public void Who_revokes_issues_a_list_that_nobody_need_check()
    {
        Plan plan = PlanOf("""
            name: x
            folders: by-party
            authorities:
              ca: { subject: /CN=ca, revokes: [{ serial: 9 }] }
              cb: { subject: /CN=cb, crl: { url: "http://x/cb.crl" } }
              cc: { subject: /CN=cc }
            parties:
              device: { replicas: 3, client: { subject: "/CN={n}", issuer: cb, revoked: { of: [3], reason: superseded } } }
              bob: { server: { subject: /CN=localhost, issuer: cc } }
            """);

        SignCrl[] steps = [.. plan.CrlSteps.Select(final => final.Step).Cast<SignCrl>()];
        Assert.Equal(["ca/ca.crl", "cb/cb.crl"], steps.Select(step => step.CrlFile));
        RevokedCertificate revoked = Assert.Single(steps[1].Template.Revoked);
        Assert.Equal(("cb/device-{n}_client.crt", "3"), (revoked.CertificateFile, string.Join(',', revoked.Numbers)));
        Assert.Contains(plan["device-{n}_client"].Template!.Extensions, extension => extension is PlannedExtension.CrlDistributionPoint);
        Assert.DoesNotContain(plan["device-{n}_client"].Request!.Extensions, extension => extension is PlannedExtension.CrlDistributionPoint);
    }

    private static Plan PlanOf(string yaml) => Planner.For(ScenarioLoader.Parse(yaml));

    private static ParsedCrl Make(PrivateKey key, CrlEntry[] entries, DateTimeOffset until)
    {
        byte[] name = NameEncoder.Encode(ScenarioLoader.Parse("{ name: x, authorities: { ca: { subject: /CN=ca } } }").Authorities[0].Certificate!.Subject);
        byte[] der = CrlEncoder.Encode(
            new CrlContent(_from, until, 7, entries, DigestAlgorithm.Sha384),
            new CrlIssuer(name, SubjectPublicKeys.Identifier(key.SubjectPublicKeyInfo.Span), key));
        Assert.True(ParsedCrl.TryRead(Pem.Encode(Pem.Crl, der), out ParsedCrl? crl));
        return crl;
    }
}
