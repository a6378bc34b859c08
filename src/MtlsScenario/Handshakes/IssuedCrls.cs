using System.Collections.Immutable;
using System.Numerics;
using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Handshakes;

/// <summary>The CRLs of what was issued in memory, each made anew; only those of external authorities without a key come from a folder.</summary>
internal static class IssuedCrls
{
    /// <summary>The lists that somebody checks against, by their authorities' stems, in DER. A replica that is on one is kept by its fleet.</summary>
    /// <param name="plan">What was planned.</param>
    /// <param name="issued">What was issued.</param>
    /// <param name="provided">The content of a file of an external authority.</param>
    /// <exception cref="FolderException">A file of an external authority is missing or cannot be used.</exception>
    public static ImmutableDictionary<string, ReadOnlyMemory<byte>> Of(Plan plan, PlanIssuer issued, Func<string, byte[]> provided)
    {
        ImmutableHashSet<string> wanted = [.. plan.Certificates.SelectMany(planned => planned.CrlIssuers)];
        return plan.CrlSteps.Select(step => step.Step).OfType<SignCrl>().Where(sign => wanted.Contains(sign.Issuer.Name)).ToImmutableDictionary(
            sign => sign.Issuer.Name, sign => TryMake(sign, issued) ?? Provided(sign, provided), StringComparer.Ordinal);
    }

    private static ReadOnlyMemory<byte> Provided(SignCrl sign, Func<string, byte[]> provided) => ParsedCrl.TryRead(provided(sign.CrlFile), out ParsedCrl? read)
        ? read.Der
        : throw new FolderException($"{sign.CrlFile} of an external authority holds no CRL that can be read");

    /// <summary>A list, in DER; null where the key that signs it is not here.</summary>
    public static ReadOnlyMemory<byte>? TryMake(SignCrl sign, PlanIssuer issued)
    {
        if (issued[sign.Signer.Name].Key is not { } key)
        {
            return null;
        }

        ParsedCertificate authority = Parse(issued[sign.Issuer.Name]);
        CrlTemplate template = sign.Template;
        var number = new BigInteger((issued.Now - DateTimeOffset.UnixEpoch).TotalMicroseconds);
        CrlEntry[] entries =
        [
            .. from revoked in template.Revoked
               from replica in revoked.Numbers
               let made = replica is { } which ? issued.Fleet(revoked.Stem)[which] : issued[revoked.Stem]
               select new CrlEntry(Parse(made).SerialBytes, revoked.Revocation.At?.At(issued.Now) ?? issued.Now, revoked.Revocation.Reason),
            .. template.Revokes.Select(revoked => CrlEntry.Of(revoked.Serial, revoked.At?.At(issued.Now) ?? issued.Now, revoked.Reason)),
        ];
        var content = new CrlContent(
            template.Validity?.From.At(issued.Now) ?? issued.Now, template.Validity?.Until.At(issued.Now) ?? authority.NotAfter, number, entries, template.Digest);
        return CrlEncoder.Encode(content, CrlIssuer.Of(authority, key));
    }

    private static ParsedCertificate Parse(MadeCertificate made) => ParsedCertificate.TryParse(made.Certificate, out ParsedCertificate? parsed)
        ? parsed
        : throw new System.Diagnostics.UnreachableException();
}
