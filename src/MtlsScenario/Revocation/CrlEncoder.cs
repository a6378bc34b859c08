using System.Formats.Asn1;
using MtlsScenario.X509;

namespace MtlsScenario.Revocation;

/// <summary>Writes CRLs (RFC 5280 section 5.1), byte for byte as openssl does: v2, sorted by serial number, authorityKeyIdentifier, number.</summary>
internal static class CrlEncoder
{
    private const int BytesPerEntry = 64;

    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 0);

    /// <summary>The signed list.</summary>
    /// <returns>DER.</returns>
    public static byte[] Encode(CrlContent content, CrlIssuer issuer)
    {
        SignatureAlgorithm algorithm = SignatureAlgorithm.For(issuer.Key.Algorithm, content.Digest);
        var writer = new AsnWriter(AsnEncodingRules.DER, 1024 + (BytesPerEntry * content.Entries.Count));
        WriteToBeSigned(writer, content, issuer, algorithm);
        byte[] toBeSigned = writer.Encode();
        writer.Reset();
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(toBeSigned);
            writer.WriteEncodedValue(algorithm.Encoded.Span);
            writer.WriteBitString(issuer.Key.Sign(toBeSigned, content.Digest));
        }

        return writer.Encode();
    }

    private static void WriteToBeSigned(AsnWriter writer, CrlContent content, CrlIssuer issuer, SignatureAlgorithm algorithm)
    {
        using AsnWriter.Scope list = writer.PushSequence();
        writer.WriteInteger(1);
        writer.WriteEncodedValue(algorithm.Encoded.Span);
        writer.WriteEncodedValue(issuer.Name.Span);
        AsnTime.Write(writer, content.ThisUpdate);
        AsnTime.Write(writer, content.NextUpdate);
        if (content.Entries.Count > 0)
        {
            CrlEntry[] sorted = [.. content.Entries];
            Array.Sort(sorted, (first, second) => CrlEntry.Compare(first.Serial.Span, second.Serial.Span));
            using (writer.PushSequence())
            {
                foreach (CrlEntry entry in sorted)
                {
                    WriteEntry(writer, entry);
                }
            }
        }

        using (writer.PushSequence(ExtensionsTag))
        using (writer.PushSequence())
        {
            if (issuer.KeyIdentifier is { } identifier)
            {
                WriteExtension(writer, Oids.AuthorityKeyIdentifier, value =>
                {
                    using (value.PushSequence())
                    {
                        value.WriteOctetString(identifier.Span, new Asn1Tag(TagClass.ContextSpecific, 0));
                    }
                });
            }

            WriteExtension(writer, Oids.CrlNumber, value => value.WriteInteger(content.Number));
        }
    }

    private static void WriteEntry(AsnWriter writer, CrlEntry entry)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(entry.Serial.Span);
            AsnTime.Write(writer, entry.RevokedAt);
            if (entry.Reason is { } reason)
            {
                using (writer.PushSequence())
                {
                    // An ENUMERATED of one octet: RFC 5280's go up to 10.
                    WriteExtension(writer, Oids.CrlReason, value => value.WriteEncodedValue([0x0A, 0x01, (byte)reason]));
                }
            }
        }
    }

    private static void WriteExtension(AsnWriter writer, string oid, Action<AsnWriter> write)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushOctetString())
            {
                write(writer);
            }
        }
    }
}
