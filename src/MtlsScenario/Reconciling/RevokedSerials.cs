using MtlsScenario.Planning;
using MtlsScenario.Revocation;

namespace MtlsScenario.Reconciling;

/// <summary>A written serial number that is on a CRL cannot be that of a certificate that is not revoked: no entry is ever taken off.</summary>
internal static class RevokedSerials
{
    /// <summary>What is in the way.</summary>
    public static IEnumerable<Obstacle> Obstacles(CertificateChange change, ExpectedIssuer issuer, CrlHistory memory) =>
        change.Certificate.Revoked?.Covers(change.Number) != true
            && PlannedSerial.Of(change.Certificate.Template!.Serial, change.Number) is { } serial
            && memory.Find(CrlEntry.Of(serial, default, null).Serial) is not null
            ?
            [
                new Obstacle(
                    change.Stem,
                    $"{change.Stem} is to have serial {serial}, which is on the CRL of {issuer.Stem}: an entry is never taken off again",
                    "give it another serial, or say revoked: true"),
            ]
            : [];
}
