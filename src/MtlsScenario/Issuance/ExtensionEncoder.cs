using System.Diagnostics;
using System.Formats.Asn1;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>Writes extensions in DER, each as openssl writes it (RFC 5280 section 4.2).</summary>
internal static class ExtensionEncoder
{
    /// <summary>The object identifier of the extension, in dotted form.</summary>
    public static string OidOf(PlannedExtension extension) => extension switch
    {
        PlannedExtension.BasicConstraints => Oids.BasicConstraints,
        PlannedExtension.KeyUsage => Oids.KeyUsage,
        PlannedExtension.ExtendedKeyUsage => Oids.ExtendedKeyUsage,
        PlannedExtension.SubjectKeyIdentifier => Oids.SubjectKeyIdentifier,
        PlannedExtension.AuthorityKeyIdentifier => Oids.AuthorityKeyIdentifier,
        PlannedExtension.SubjectAlternativeName => Oids.SubjectAltName,
        PlannedExtension.NameConstraintsExtension => Oids.NameConstraints,
        PlannedExtension.CrlDistributionPoint => Oids.CrlDistributionPoints,
        PlannedExtension.Custom custom => custom.Oid,
        _ => throw new UnreachableException(),
    };

    /// <summary>The value that the extension's OCTET STRING holds.</summary>
    /// <param name="extension">What is planned.</param>
    /// <param name="keys">What it may take from keys.</param>
    /// <param name="number">The number of the replica, or null.</param>
    /// <returns>DER; null where the extension is left out because the issuer's certificate has no subjectKeyIdentifier.</returns>
    public static byte[]? Encode(PlannedExtension extension, KeyIdentifiers keys, int? number = null)
    {
        if (!IsWritten(extension, keys))
        {
            return null;
        }

        if (extension is PlannedExtension.Custom custom)
        {
            return [.. custom.Value];
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        WriteValue(writer, extension, keys, number);
        return writer.Encode();
    }

    /// <summary>Whether the extension is written at all.</summary>
    public static bool IsWritten(PlannedExtension extension, KeyIdentifiers keys) =>
        extension is not PlannedExtension.AuthorityKeyIdentifier || keys.Authority is not null;

    /// <summary>Whether the extension differs between the certificates of one fleet.</summary>
    public static bool Varies(PlannedExtension extension) => extension switch
    {
        PlannedExtension.SubjectKeyIdentifier => true,
        PlannedExtension.SubjectAlternativeName names => names.Names.Any(name => Replication.IsIn(name.Value)),
        _ => false,
    };

    /// <summary>The whole Extension: identifier, critical where it is so (DER leaves out what is false), value.</summary>
    public static void Write(AsnWriter writer, PlannedExtension extension, KeyIdentifiers keys, int? number)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(OidOf(extension));
            if (extension.IsCritical)
            {
                writer.WriteBoolean(true);
            }

            if (extension is PlannedExtension.Custom custom)
            {
                writer.WriteOctetString(custom.Value.AsSpan());
                return;
            }

            using (writer.PushOctetString())
            {
                WriteValue(writer, extension, keys, number);
            }
        }
    }

    private static void WriteValue(AsnWriter writer, PlannedExtension extension, KeyIdentifiers keys, int? number)
    {
        switch (extension)
        {
            case PlannedExtension.BasicConstraints constraints:
                Write(writer, constraints);
                break;
            case PlannedExtension.KeyUsage usage:
                writer.WriteNamedBitList(usage.Usages);
                break;
            case PlannedExtension.ExtendedKeyUsage usage:
                using (writer.PushSequence())
                {
                    foreach (KeyPurpose purpose in usage.Purposes)
                    {
                        writer.WriteObjectIdentifier(purpose.Oid);
                    }
                }

                break;
            case PlannedExtension.SubjectKeyIdentifier:
                writer.WriteOctetString(keys.Subject.Span);
                break;
            case PlannedExtension.AuthorityKeyIdentifier:
                using (writer.PushSequence())
                {
                    writer.WriteOctetString(keys.Authority!.Value.Span, new Asn1Tag(TagClass.ContextSpecific, 0));
                }

                break;
            case PlannedExtension.SubjectAlternativeName names:
                using (writer.PushSequence())
                {
                    foreach (GeneralName name in names.Names)
                    {
                        GeneralNameEncoder.Write(writer, name.Kind, Replication.Fill(name.Value, number));
                    }
                }

                break;
            case PlannedExtension.NameConstraintsExtension constraints:
                Write(writer, constraints.Constraints);
                break;
            case PlannedExtension.CrlDistributionPoint point:
                // CRLDistributionPoints, DistributionPoint, distributionPoint, fullName.
                using (writer.PushSequence())
                using (writer.PushSequence())
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    GeneralNameEncoder.Write(writer, GeneralNameKind.Uri, point.Url);
                }

                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void Write(AsnWriter writer, PlannedExtension.BasicConstraints constraints)
    {
        using (writer.PushSequence())
        {
            if (constraints.IsCa)
            {
                writer.WriteBoolean(true);
            }

            if (constraints.PathLength is { } length)
            {
                writer.WriteInteger(length);
            }
        }
    }

    private static void Write(AsnWriter writer, NameConstraints constraints)
    {
        using (writer.PushSequence())
        {
            foreach ((int tag, IReadOnlyCollection<GeneralSubtree> subtrees) in
                new (int, IReadOnlyCollection<GeneralSubtree>)[] { (0, constraints.Permitted), (1, constraints.Excluded) })
            {
                if (subtrees.Count == 0)
                {
                    continue;
                }

                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, tag)))
                {
                    foreach (GeneralSubtree subtree in subtrees)
                    {
                        GeneralNameEncoder.Write(writer, subtree);
                    }
                }
            }
        }
    }
}
