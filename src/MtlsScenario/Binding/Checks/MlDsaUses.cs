using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>What an ML-DSA key cannot be used for: anything but signatures (RFC 9881 section 5), and TLS 1.2.</summary>
internal static class MlDsaUses
{
    private const KeyUsages NotForSignatures = KeyUsages.KeyEncipherment | KeyUsages.DataEncipherment | KeyUsages.KeyAgreement
        | KeyUsages.EncipherOnly | KeyUsages.DecipherOnly;

    public static void Check(BoundScenario scenario, FaultList faults)
    {
        foreach (BoundCertificate certificate in scenario.Certificates.Where(IsMlDsa))
        {
            if (certificate.Fields["keyUsage"] is { } field && (certificate.Specification.KeyUsage & NotForSignatures) != KeyUsages.None)
            {
                faults.Error(
                    field.Position,
                    DiagnosticCodes.UnfitKey,
                    $"the keyUsage of {certificate.Label} asks for more than signatures, and its key, {KeyNames.Of(certificate.Specification.Key)}, makes nothing else",
                    "of the usages only digitalSignature, nonRepudiation, keyCertSign and cRLSign are for such a key");
            }
        }

        foreach ((_, BoundPartyCertificate use) in scenario.PartyCertificates.Where(pair => IsMlDsa(pair.Use.Certificate)))
        {
            if (use.Certificate.Fields["tlsMin"] is { } field && field.Value is Syntax.ScalarNode { Value: "1.2" })
            {
                faults.Warning(
                    field.Position,
                    DiagnosticCodes.UnfitKey,
                    $"tlsMin of {use.Certificate.Label} is 1.3 all the same: TLS 1.2 does not have its key, {KeyNames.Of(use.Certificate.Specification.Key)}");
            }
        }

        foreach (BoundConnection connection in scenario.Connections.Where(connection => connection.Model.Tls == TlsVersion.Tls12))
        {
            BoundPartyCertificate? calling = connection.Model.PresentsNothing ? null : scenario.Calling(connection.Model);
            if (new[] { calling, scenario.Called(connection.Model) }.FirstOrDefault(end => end is not null && IsMlDsa(end.Certificate)) is { } end)
            {
                faults.Error(
                    connection.Fields.PositionOf("tls"),
                    DiagnosticCodes.UnfitKey,
                    $"TLS 1.2 does not have the key of {end.Certificate.Label}, {KeyNames.Of(end.Certificate.Specification.Key)}",
                    "leave tls out, or write \"1.3\"");
            }
        }
    }

    private static bool IsMlDsa(BoundCertificate certificate) => certificate.HasKnownKey && certificate.Specification.Key.IsMlDsa();
}
