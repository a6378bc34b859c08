using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MtlsScenario.Tests.Handshakes;

/// <summary>A list that is right, or wrong in one way, made with nothing of the tool's.</summary>
internal sealed record CrlMaker
{
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0);

    /// <summary>Whose list it says that it is.</summary>
    public required X509Certificate2 Issuer { get; init; }

    /// <summary>Whose key signs it; null for the issuer's.</summary>
    public X509Certificate2? Signer { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset ThisUpdate { get; init; } = DateTimeOffset.UtcNow.AddHours(-2);

    /// <summary>Until when it is good; null where it does not say.</summary>
    public DateTimeOffset? NextUpdate { get; init; } = DateTimeOffset.UtcNow.AddDays(20);

    /// <summary>What is on it.</summary>
    public List<X509Certificate2> Revoked { get; init; } = [];

    /// <summary>The reason that each entry has; null for none.</summary>
    public int? Reason { get; init; }

    /// <summary>A critical extension of each entry; null for none.</summary>
    public string? EntryExtension { get; init; }

    /// <summary>Further extensions, critical: the object identifier and the value.</summary>
    public List<(string Oid, byte[] Value)> Critical { get; init; } = [];

    /// <summary>Whether it has an authorityKeyIdentifier.</summary>
    public bool HasKeyIdentifier { get; init; } = true;

    /// <summary>Whether it is of version 1, without any extension.</summary>
    public bool IsVersion1 { get; init; }

    /// <summary>The list in DER.</summary>
    public byte[] Encode()
    {
        var signed = new AsnWriter(AsnEncodingRules.DER);
        using (signed.PushSequence())
        {
            WriteContent(signed);
        }

        byte[] content = signed.Encode();
        using ECDsa key = (Signer ?? Issuer).GetECDsaPrivateKey()!;
        var list = new AsnWriter(AsnEncodingRules.DER);
        using (list.PushSequence())
        {
            list.WriteEncodedValue(content);
            WriteAlgorithm(list);
            list.WriteBitString(key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }

        return list.Encode();
    }

    private static void WriteAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.10045.4.3.2");
        }
    }

    private static void WriteExtension(AsnWriter writer, string oid, byte[] value, bool isCritical)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (isCritical)
            {
                writer.WriteBoolean(true);
            }

            writer.WriteOctetString(value);
        }
    }

    private void WriteContent(AsnWriter writer)
    {
        if (!IsVersion1)
        {
            writer.WriteInteger(1);
        }

        WriteAlgorithm(writer);
        writer.WriteEncodedValue(Issuer.SubjectName.RawData);
        writer.WriteUtcTime(ThisUpdate);
        if (NextUpdate is { } end)
        {
            writer.WriteUtcTime(end);
        }

        if (Revoked.Count > 0)
        {
            using (writer.PushSequence())
            {
                Revoked.ForEach(certificate => WriteEntry(writer, certificate));
            }
        }

        if (!IsVersion1)
        {
            using (writer.PushSequence(Extensions))
            using (writer.PushSequence())
            {
                WriteExtensions(writer);
            }
        }
    }

    private void WriteExtensions(AsnWriter writer)
    {
        if (HasKeyIdentifier && Issuer.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } identifier)
        {
            WriteExtension(writer, "2.5.29.35", X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier).RawData, isCritical: false);
        }

        WriteExtension(writer, "2.5.29.20", [2, 1, 7], isCritical: false);
        Critical.ForEach(extension => WriteExtension(writer, extension.Oid, extension.Value, isCritical: true));
    }

    private void WriteEntry(AsnWriter writer, X509Certificate2 certificate)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(certificate.SerialNumberBytes.Span);
            writer.WriteUtcTime(ThisUpdate.AddDays(-1));
            if (!IsVersion1 && (Reason is not null || EntryExtension is not null))
            {
                using (writer.PushSequence())
                {
                    if (Reason is { } reason)
                    {
                        WriteExtension(writer, "2.5.29.21", [10, 1, (byte)reason], isCritical: false);
                    }

                    if (EntryExtension is { } oid)
                    {
                        WriteExtension(writer, oid, [5, 0], isCritical: true);
                    }
                }
            }
        }
    }
}
