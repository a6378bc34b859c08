using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Interop.Tests.Configs;

namespace MtlsScenario.Interop.Tests.Runtimes;

/// <summary>Those who call bob beside the parties of the scenario: amy when her certificate had expired, and the forgers of her chain.</summary>
internal static class OtherCallers
{
    /// <summary>Writes the files <c>NAME.crt</c> and <c>NAME.key</c> of each, and returns the names.</summary>
    public static string[] Write(ConfiguredScenario made)
    {
        using X509Certificate2 leaf = made.Load("amy_client"), intermediate = made.Load("ica"), root = made.Load("root");
        ForgedChain[] all = [Expired(intermediate), .. ForgedChains.Of(leaf, intermediate, root)];
        string[] names = [.. all.Select((_, index) => $"other{index}")];
        foreach ((ForgedChain other, string name) in all.Zip(names))
        {
            File.WriteAllText(made.At($"{name}.crt"), other.Chain);
            File.WriteAllText(made.At($"{name}.key"), other.Key);
        }

        return names;
    }

    private static ForgedChain Expired(X509Certificate2 issuer)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa issuerKey = issuer.GetECDsaPrivateKey()!;
        var request = new CertificateRequest("CN=amy-client", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        using X509Certificate2 certificate = request.Create(
            issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(-1), [7]);
        return new ForgedChain("expired", $"{certificate.ExportCertificatePem()}\n{issuer.ExportCertificatePem()}\n", key.ExportPkcs8PrivateKeyPem());
    }
}
