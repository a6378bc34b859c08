using MtlsScenario.Files;
using MtlsScenario.Issuance;

namespace MtlsScenario.Planning;

/// <summary>Tells whether anything is there that an authority's key has signed, now that the key is not.</summary>
internal sealed class SignedFinder(Plan plan, FolderReader reader, FolderKeys keys)
{
    /// <summary>The path of a certificate that needs the missing key of that authority; null where there is none.</summary>
    /// <param name="authority">An authority whose key is missing.</param>
    public string? By(PlannedCertificate authority)
    {
        // Its own certificate speaks of a key that was there, whoever signed it.
        if (!reader.Read(authority.Files.Certificate).IsMissing)
        {
            return authority.Files.Certificate;
        }

        byte[] name = NameEncoder.Encode(authority.Template!.Subject);
        foreach (PlannedCertificate certificate in plan.Certificates)
        {
            for (int number = 1; number <= (certificate.Replicas?.Count ?? 1); number++)
            {
                string path = FileNames.ForReplica(certificate.Files.Certificate, certificate.Replicas is null ? null : number);
                if (reader.Read(path).Bytes is { } bytes
                    && ParsedCertificate.TryRead(bytes, out ParsedCertificate? found)
                    && found.Issuer.Der.Span.SequenceEqual(name)
                    && !IsSignedByAnother(found, authority))
                {
                    return path;
                }
            }
        }

        return null;
    }

    /// <summary>Two authorities may have one name; what the other one signed is not this one's.</summary>
    private bool IsSignedByAnother(ParsedCertificate found, PlannedCertificate authority) =>
        plan.Certificates.Any(other =>
            other.IsAuthority
            && other.Stem != authority.Stem
            && keys.Read(other.Files.Key) is KeyOnDisk.Present { SubjectPublicKeyInfo: { IsEmpty: false } key }
            && found.IsSignedBy(key));
}
