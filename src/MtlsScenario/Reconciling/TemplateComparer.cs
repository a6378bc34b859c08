using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Names each difference between what a certificate says and what it is to say by the plan.</summary>
internal static class TemplateComparer
{
    private const string None = "none";

    /// <summary>The differences, each as <c>WHAT: is -> should be</c>, but for those of keys and of the issuer.</summary>
    /// <param name="planned">What it should be.</param>
    /// <param name="number">Which replica, or null.</param>
    /// <param name="current">What it says.</param>
    /// <param name="subjectPublicKeyInfo">Its key, DER; null where what follows from the key is no difference of its own.</param>
    /// <param name="issuer">What it will find above it; null where it is self-signed.</param>
    /// <param name="now">The moment to which relative dates refer, UTC.</param>
    public static IEnumerable<Reason> Differences(
        PlannedCertificate planned,
        int? number,
        ParsedCertificate current,
        ReadOnlyMemory<byte>? subjectPublicKeyInfo,
        ExpectedIssuer? issuer,
        DateTimeOffset now)
    {
        CertificateTemplate template = planned.Template!;
        byte[] subject = NameEncoder.Encode(template.Subject, number);
        if (!subject.AsSpan().SequenceEqual(current.Subject.Der.Span))
        {
            yield return Reason.OfIdentity("subject", NameDifference.Of(current.Subject, ParsedName.Read(subject)));
        }

        if (template.Serial is not SerialNumber.Random
            && PlannedSerial.Of(template.Serial, number) is var serial
            && serial != current.SerialNumber)
        {
            yield return Reason.Of("serial", $"{current.SerialNumber} -> {serial}");
        }

        if (ValidityComparer.Difference(template.Validity, current, now) is { } lifetime)
        {
            yield return lifetime;
        }

        if (SignatureDifference(planned, template, current, issuer) is { } signature)
        {
            yield return signature;
        }

        if (template.Version != current.Version)
        {
            yield return Reason.Of("version", $"v{current.Version} -> v{template.Version}");
            yield break;
        }

        foreach (Reason difference in ExtensionDifferences(template, number, current, subjectPublicKeyInfo, issuer))
        {
            yield return difference;
        }
    }

    private static Reason? SignatureDifference(
        PlannedCertificate planned, CertificateTemplate template, ParsedCertificate current, ExpectedIssuer? issuer)
    {
        KeyAlgorithm? signer = planned.IsSelfSigned ? planned.Key : issuer?.Algorithm;
        if (signer is not { } algorithm)
        {
            return null;
        }

        SignatureAlgorithm expected = SignatureAlgorithm.For(algorithm, template.Digest);
        return expected.Encoded.Span.SequenceEqual(current.SignatureAlgorithm.Encoded.Span)
            ? null
            : Reason.Of("signature", current.SignatureAlgorithm.Name == expected.Name
                ? $"{expected.Name}, {EncodingDifference.Of(current.SignatureAlgorithm.Encoded, expected.Encoded)}"
                : $"{current.SignatureAlgorithm.Name} -> {expected.Name}");
    }

    private static IEnumerable<Reason> ExtensionDifferences(
        CertificateTemplate template,
        int? number,
        ParsedCertificate current,
        ReadOnlyMemory<byte>? subjectPublicKeyInfo,
        ExpectedIssuer? issuer)
    {
        ReadOnlyMemory<byte> own = subjectPublicKeyInfo is { } info
            ? SubjectPublicKeys.Identifier(info.Span)
            : ReadOnlyMemory<byte>.Empty;
        var keys = new KeyIdentifiers(own, issuer is null ? own : issuer.SubjectKeyIdentifier);
        bool issuerIsNew = issuer is { SubjectPublicKeyInfo: null };
        var expected = new List<string>(template.Extensions.Length);
        foreach (PlannedExtension extension in template.Extensions)
        {
            string oid = ExtensionEncoder.OidOf(extension);
            ParsedExtension? there = current.Find(oid);

            // What follows from a key that is yet to come is no difference of its own.
            bool isUnknown = extension is PlannedExtension.SubjectKeyIdentifier && subjectPublicKeyInfo is null
                || extension is PlannedExtension.AuthorityKeyIdentifier && (issuerIsNew || (issuer is null && subjectPublicKeyInfo is null));
            if (isUnknown)
            {
                expected.Add(oid);
                continue;
            }

            if (ExtensionEncoder.Encode(extension, keys, number) is not { } value)
            {
                continue;
            }

            expected.Add(oid);
            if (there is null || there.IsCritical != extension.IsCritical || !there.Value.Span.SequenceEqual(value))
            {
                var planned = new ParsedExtension(oid, extension.IsCritical, value);
                yield return Of(oid, Difference(there, planned));
            }
        }

        foreach (ParsedExtension extra in current.Extensions.Where(extra => !expected.Contains(extra.Oid, StringComparer.Ordinal)))
        {
            yield return Of(extra.Oid, $"{Text(extra)} -> {None}");
        }

        if (expected.Count == current.Extensions.Length
            && expected.All(oid => current.Find(oid) is not null)
            && !expected.SequenceEqual(current.Extensions.Select(extension => extension.Oid), StringComparer.Ordinal))
        {
            yield return Reason.Of("extensions", "in another order");
        }
    }

    private static Reason Of(string oid, string difference) =>
        oid == Oids.SubjectAltName ? Reason.OfIdentity(FieldName(oid), difference) : Reason.Of(FieldName(oid), difference);

    /// <summary>The scenario's word for what an extension says, where it has one; otherwise RFC 5280's.</summary>
    private static string FieldName(string oid) =>
        oid == Oids.SubjectAltName ? "names" : ExtensionText.Name(oid);

    private static string Difference(ParsedExtension? there, ParsedExtension planned)
    {
        (string current, string expected) = (Text(there), Text(planned));
        if (there is null)
        {
            return $"{current} -> {expected}";
        }

        if (there.IsCritical != planned.IsCritical)
        {
            (current, expected) = (Criticality(there) + current, Criticality(planned) + expected);
        }

        return current == expected ? $"{current}, {EncodingDifference.Of(there.Value, planned.Value)}" : $"{current} -> {expected}";
    }

    private static string Criticality(ParsedExtension extension) => extension.IsCritical ? "critical, " : "not critical, ";

    private static string Text(ParsedExtension? extension) => extension switch
    {
        null => None,
        { Oid: Oids.SubjectAltName } => ExtensionText.Names(extension),
        _ => ExtensionText.Of(extension),
    };
}
