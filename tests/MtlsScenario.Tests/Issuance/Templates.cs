using System.Numerics;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Tests.Issuance;

/// <summary>Templates for tests of issuing.</summary>
internal static class Templates
{
    public static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 30, 15, TimeSpan.Zero);

    public static DistinguishedName Name(params (string Type, string Value)[] attributes) => new(
        [.. attributes.Select(attribute => new RelativeDistinguishedName(
            [new AttributeTypeAndValue(AttributeType.Find(attribute.Type)!, attribute.Value)]))]);

    public static CertificateTemplate Root(string commonName = "my-ca") => new(
        3,
        Name(("CN", commonName)),
        new SerialNumber.Fixed(new BigInteger(1)),
        Lifetime.Of(TimeSpan.FromDays(365)),
        DigestAlgorithm.Sha256,
        [
            new PlannedExtension.BasicConstraints(isCa: true, pathLength: 0),
            new PlannedExtension.KeyUsage(KeyUsages.KeyCertSign | KeyUsages.CrlSign),
            new PlannedExtension.SubjectKeyIdentifier(),
        ]);

    public static CertificateTemplate Leaf(DistinguishedName? subject = null, params GeneralName[] names) => new(
        3,
        subject ?? Name(("CN", "localhost")),
        SerialNumber.Random.Instance,
        Lifetime.Of(TimeSpan.FromDays(90)),
        DigestAlgorithm.Sha256,
        [
            new PlannedExtension.BasicConstraints(isCa: false, pathLength: null),
            new PlannedExtension.KeyUsage(KeyUsages.DigitalSignature | KeyUsages.KeyEncipherment),
            new PlannedExtension.ExtendedKeyUsage([KeyPurpose.ServerAuth]),
            new PlannedExtension.SubjectKeyIdentifier(),
            new PlannedExtension.AuthorityKeyIdentifier(),
            new PlannedExtension.SubjectAlternativeName(
                names.Length == 0 ? [new GeneralName(GeneralNameKind.Dns, "localhost")] : [.. names]),
        ]);

    public static RequestTemplate Request(CertificateTemplate certificate) => new(
        certificate.Subject,
        certificate.Digest,
        [.. certificate.Extensions.Where(extension => extension is not PlannedExtension.AuthorityKeyIdentifier)]);
}
