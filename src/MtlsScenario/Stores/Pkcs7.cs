using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using MtlsScenario.X509;

namespace MtlsScenario.Stores;

/// <summary>Certificates in a PKCS#7 that signs nothing (RFC 2315 section 9.1), in PEM, byte for byte as openssl writes it.</summary>
internal static class Pkcs7
{
    private const string Label = "PKCS7";

    private static readonly Asn1Tag _content = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>The certificates, DER, in that order.</summary>
    public static byte[] Write(IEnumerable<ReadOnlyMemory<byte>> certificates)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(StoreOids.SignedData);
            using (writer.PushSequence(_content))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                writer.PushSetOf().Dispose();
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(StoreOids.Data);
                }

                // A SET OF by the standard; openssl leaves it in the order of the chain.
                using (writer.PushSequence(_content))
                {
                    foreach (ReadOnlyMemory<byte> certificate in certificates)
                    {
                        writer.WriteEncodedValue(certificate.Span);
                    }
                }

                writer.PushSetOf().Dispose();
            }
        }

        return Pem.Encode(Label, writer.Encode());
    }

    /// <summary>The certificates of a PKCS#7 in PEM or DER, not parsed yet, in the order of the file.</summary>
    /// <returns>Why there are none, or null.</returns>
    public static StoreFault? TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(false)] out IReadOnlyList<ReadOnlyMemory<byte>>? certificates)
    {
        certificates = null;
        ReadOnlyMemory<byte> der = Pem.TryDecode(file.Span, Label, out byte[] decoded) ? decoded : file;
        try
        {
            AsnReader info = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            if (info.ReadObjectIdentifier() != StoreOids.SignedData)
            {
                return new StoreFault(StoreFaultKind.Unsupported, "it is no PKCS#7 of certificates");
            }

            AsnReader data = info.ReadSequence(_content).ReadSequence();
            data.ReadInteger();
            data.ReadSetOf(skipSortOrderValidation: true);
            data.ReadSequence();
            var found = new List<ReadOnlyMemory<byte>>();
            for (AsnReader? set = data.PeekTag() == _content ? data.ReadSequence(_content) : null; set is { HasData: true };)
            {
                found.Add(set.ReadEncodedValue());
            }

            certificates = found;
            return null;
        }
        catch (AsnContentException)
        {
            return new StoreFault(StoreFaultKind.Damaged, "it is no PKCS#7, or damaged");
        }
    }
}
