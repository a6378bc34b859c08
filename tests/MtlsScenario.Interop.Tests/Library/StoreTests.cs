using System.Security.Cryptography.X509Certificates;
using MtlsScenario;
using MtlsScenario.Model;
using Xunit;

namespace Bob.Tests;

public sealed class StoreTests
{
    [Fact]
    public void Bob_has_a_key_store_and_a_trust_store()
    {
        using IssuedScenario issued = IssuedScenario.Issue(ScenarioLoader.Load("amy-bob.yaml"));
        IssuedCertificate bob = issued.Certificate("bob", Role.Server);

        using X509Certificate2 own = X509CertificateLoader.LoadPkcs12(bob.Pkcs12("correct horse"), "correct horse");
        using X509Certificate2 trusted = X509CertificateLoader.LoadPkcs12Collection(bob.TrustStore(), "changeit").Single();
        Assert.Equal(("CN=localhost", true), (own.Subject, own.HasPrivateKey));
        Assert.Equal(("CN=my-ca", false), (trusted.Subject, trusted.HasPrivateKey));
    }
}
