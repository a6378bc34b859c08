using System.Globalization;
using System.Numerics;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Binding.Checks;

/// <summary>What is revoked and cannot be, and CRLs that come to nothing.</summary>
internal static class Revocations
{
    /// <summary>The errors, and the warnings that speak of one entry.</summary>
    public static void Check(BoundScenario scenario, DateTimeOffset now, FaultList faults)
    {
        foreach (BoundAuthority authority in scenario.Authorities)
        {
            if (authority.Certificate.Specification.Revoked is not null && authority.Model.Issuer is null)
            {
                faults.Error(
                    authority.Certificate.Fields.PositionOf("revoked"),
                    DiagnosticCodes.InvalidRevocation,
                    $"{authority.Certificate.Label} is a root, and nobody stands above it to revoke it",
                    "take it out of trusts");
            }

            CheckRevokes(authority, scenario, faults);
            CheckCrl(authority, scenario, now, faults);
        }
    }

    /// <summary>The warnings that follow from who checks whom.</summary>
    public static void CheckUse(BoundScenario scenario, FaultList faults)
    {
        var judged = new HashSet<BoundCertificate>(ReferenceEqualityComparer.Instance);
        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (BoundConnection connection in scenario.Connections)
        {
            if (scenario.Calling(connection.Model) is { } calling && scenario.Called(connection.Model) is { } called)
            {
                Judge(called, calling, connection);
                Judge(calling, called, connection);
            }
        }

        void Judge(BoundPartyCertificate end, BoundPartyCertificate other, BoundConnection connection)
        {
            if (!end.Model.ChecksRevocation)
            {
                return;
            }

            judged.Add(other.Certificate);
            foreach (BoundAuthority issuer in scenario.IssuersAbove(other.Certificate))
            {
                judged.Add(issuer.Certificate);
                if (issuer.Model.Crl is null && connection.Model.Expect == Outcome.Accepted && missing.Add(issuer.Model.Name))
                {
                    faults.Warning(
                        issuer.Certificate.Fields.PositionOf("crl"),
                        DiagnosticCodes.NoCrl,
                        $"{issuer.Certificate.Label} issues no CRL, so {end.Certificate.Label}, whose end checks revocation, accepts nobody below it");
                }

                if (end.Model.Trusts.Contains(issuer.Model.Name))
                {
                    break;
                }
            }
        }

        foreach (BoundCertificate certificate in scenario.Certificates.Where(one => one.Specification.Revoked is not null && !judged.Contains(one)))
        {
            faults.Warning(
                certificate.Fields.PositionOf("revoked"),
                DiagnosticCodes.RevocationUnchecked,
                $"{certificate.Label} is revoked, and nobody checks that",
                "write revocation: crl where it is to be turned away");
        }

        foreach ((_, BoundPartyCertificate use) in scenario.PartyCertificates.Where(pair => pair.Use.Model.ChecksRevocation))
        {
            foreach (string anchor in use.Model.Trusts.Where(name => scenario.FindAuthority(name)?.Model.Issuer is not null))
            {
                faults.Warning(
                    use.Certificate.Fields.PositionOf("revocation"),
                    DiagnosticCodes.CrlBelowIntermediate,
                    $"{use.Certificate.Label} comes with the intermediate {VisibleText.Quoted(anchor)} as trust anchor, below which no program with OpenSSL can check CRLs",
                    "trust the root above it");
            }
        }
    }

    private static void CheckRevokes(BoundAuthority authority, BoundScenario scenario, FaultList faults)
    {
        if (authority.Model.Revokes.IsEmpty)
        {
            return;
        }

        SourcePosition position = authority.Certificate.Fields.PositionOf("revokes");
        if (authority.Model.Crl is null)
        {
            faults.Error(position, DiagnosticCodes.InvalidRevocation, $"{authority.Certificate.Label} revokes, and issues no CRL (crl: none)");
        }

        foreach (BoundCertificate certificate in scenario.Certificates.Where(one => one.Specification.Issuer == authority.Model.Name))
        {
            foreach (BigInteger serial in authority.Model.Revokes.Select(revoked => revoked.Serial).Where(serial => Has(certificate, serial)))
            {
                faults.Error(
                    position,
                    DiagnosticCodes.InvalidRevocation,
                    $"serial {serial.ToString(CultureInfo.InvariantCulture)} is that of {certificate.Label}, which the scenario describes",
                    "write revoked there");
            }
        }
    }

    private static bool Has(BoundCertificate certificate, BigInteger serial) => certificate.Specification.Serial switch
    {
        SerialNumber.Fixed { Value: var value } => value == serial,
        SerialNumber.OfReplica => serial <= (certificate.Replicas ?? 0),
        _ => false,
    };

    private static void CheckCrl(BoundAuthority authority, BoundScenario scenario, DateTimeOffset now, FaultList faults)
    {
        BoundCertificate[] issued = [.. scenario.Certificates.Where(certificate => certificate.Specification.Issuer == authority.Model.Name)];
        if (authority.Model.Crl is not { } crl)
        {
            return;
        }

        CheckDistribution(crl, authority, issued, faults);
        KeyUsages usage = authority.Certificate.Specification.KeyUsage;
        if (usage != KeyUsages.None && !usage.HasFlag(KeyUsages.CrlSign) && authority.Certificate.Fields["keyUsage"] is { } field
            && (authority.Certificate.Fields["crl"] is not null || !authority.Model.Revokes.IsEmpty || issued.Any(one => one.Specification.Revoked is not null)))
        {
            faults.Warning(
                field.Position,
                DiagnosticCodes.IssuerCannotSign,
                $"the keyUsage of {authority.Certificate.Label} lacks cRLSign, so nobody takes its CRL");
        }

        BoundCertificate? last = issued.Where(certificate => certificate.IsSound).MaxBy(certificate => certificate.Specification.Lifetime.Until.At(now));
        if (crl.Lifetime is { } lifetime && lifetime.Until.At(now) is var end && end > now
            && last is not null && last.Specification.Lifetime.Until.At(now) > end)
        {
            faults.Warning(
                authority.Certificate.Fields.PositionOf("crl"),
                DiagnosticCodes.CrlExpiresFirst,
                $"the CRL of {authority.Certificate.Label} ends ({TimePointText.Of(lifetime.Until)}) before {last.Label} ({TimePointText.Of(last.Specification.Lifetime.Until)}): "
                + "whoever checks turns everybody away from then on, unless a new one is made and handed out",
                "without a lifetime it lasts as long as its authority");
        }
    }

    private static void CheckDistribution(CrlSpecification crl, BoundAuthority authority, BoundCertificate[] issued, FaultList faults)
    {
        foreach (BoundCertificate certificate in crl.Url is null ? [] : issued)
        {
            if (certificate.Specification.Extensions.Any(extension => extension.Oid == Oids.CrlDistributionPoints))
            {
                faults.Error(
                    certificate.Fields.PositionOf("extensions"),
                    DiagnosticCodes.ExtensionConflict,
                    $"{certificate.Label} has cRLDistributionPoints from the crl of {VisibleText.Quoted(authority.Model.Name)} already");
            }
        }
    }
}
