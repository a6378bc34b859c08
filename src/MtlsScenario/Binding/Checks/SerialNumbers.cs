using System.Numerics;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports serial numbers that one issuer would use twice (RFC 5280 section 4.1.2.2); a root's own counts among those that it issues.</summary>
internal static class SerialNumbers
{
    public static void Check(BoundScenario scenario, FaultList faults)
    {
        IEnumerable<(string? Issuer, BoundCertificate Certificate)> all =
        [
            .. scenario.Authorities.Select(authority => (authority.Model.Issuer ?? authority.Model.Name, authority.Certificate)),
            .. scenario.PartyCertificates.Select(pair => (pair.Use.Certificate.Specification.Issuer, pair.Use.Certificate)),
        ];
        foreach (var group in all.Where(pair => pair.Issuer is not null).GroupBy(pair => pair.Issuer, pair => pair.Certificate))
        {
            CheckOne(group.OrderBy(certificate => certificate.Fields.Owner), faults);
        }
    }

    private static void CheckOne(IEnumerable<BoundCertificate> certificates, FaultList faults)
    {
        var fixedOnes = new SortedDictionary<BigInteger, BoundCertificate>();
        BoundCertificate? numbered = null;
        foreach (BoundCertificate certificate in certificates)
        {
            if (certificate.Specification.Serial is SerialNumber.Fixed { Value: var value })
            {
                if (certificate.Replicas > 1)
                {
                    faults.Error(
                        certificate.Fields.PositionOf("serial"),
                        DiagnosticCodes.DuplicateSerial,
                        $"serial {value} would be that of all {certificate.Replicas} replicas",
                        "the number of the replica is serial: \"{n}\"");
                }

                BoundCertificate? other = fixedOnes.GetValueOrDefault(value) ?? (value <= (numbered?.Replicas ?? 0) ? numbered : null);
                fixedOnes.TryAdd(value, certificate);
                Report(certificate, value, other, faults);
            }
            else if (certificate.Specification.Serial is SerialNumber.OfReplica)
            {
                KeyValuePair<BigInteger, BoundCertificate> lowest = fixedOnes.FirstOrDefault();
                BoundCertificate? other = numbered ?? (lowest.Key <= certificate.Replicas!.Value ? lowest.Value : null);
                Report(certificate, numbered is null ? lowest.Key : 1, other, faults);
                numbered = numbered is null || numbered.Replicas < certificate.Replicas ? certificate : numbered;
            }
        }
    }

    private static void Report(BoundCertificate certificate, BigInteger value, BoundCertificate? other, FaultList faults)
    {
        if (other is not null)
        {
            faults.Error(
                certificate.Fields.PositionOf("serial"),
                DiagnosticCodes.DuplicateSerial,
                $"serial {value} is that of {other.Label} already, from the same issuer");
        }
    }
}
