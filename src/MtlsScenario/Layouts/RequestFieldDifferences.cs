using System.Collections.Immutable;
using System.Formats.Asn1;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>Names each field in which two signing requests (RFC 2986) differ.</summary>
internal static class RequestFieldDifferences
{
    private static readonly Asn1Tag AttributesTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>The differences, in the order of the request; none where only the signatures differ.</summary>
    /// <param name="native">DER.</param>
    /// <param name="script">DER, or something else.</param>
    public static ImmutableArray<FieldDifference> Differences(ReadOnlyMemory<byte> native, ReadOnlyMemory<byte> script)
    {
        try
        {
            return [.. Compare(Read(native), Read(script)).OfType<FieldDifference>()];
        }
        catch (AsnContentException)
        {
            return [new FieldDifference("request", "there", "none that can be read")];
        }
    }

    private static IEnumerable<FieldDifference?> Compare(Content native, Content script)
    {
        yield return CertificateFieldDifferences.Difference(
            "subject", native.Subject.Der, script.Subject.Der, native.Subject.ToString(), script.Subject.ToString());
        yield return CertificateFieldDifferences.Difference("subjectPublicKeyInfo", native.Key, script.Key, "", "");
        ImmutableArray<FieldDifference> extensions =
            [.. CertificateFieldDifferences.ExtensionDifferences(Requested(native.Attributes), Requested(script.Attributes))];
        foreach (FieldDifference difference in extensions)
        {
            yield return difference;
        }

        if (extensions.IsEmpty)
        {
            yield return CertificateFieldDifferences.Difference("attributes", native.Attributes, script.Attributes, "", "");
        }

        yield return CertificateFieldDifferences.Difference(
            "signatureAlgorithm",
            native.Algorithm,
            script.Algorithm,
            SignatureAlgorithm.Read(native.Algorithm).Name,
            SignatureAlgorithm.Read(script.Algorithm).Name);
    }

    private static Content Read(ReadOnlyMemory<byte> der)
    {
        AsnReader request = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        AsnReader info = request.ReadSequence();
        info.ReadInteger();
        return new Content(
            ParsedName.Read(info.ReadEncodedValue()), info.ReadEncodedValue(), info.ReadEncodedValue(), request.ReadEncodedValue());
    }

    /// <summary>The extensions that are asked for, where that is the one attribute.</summary>
    private static ImmutableArray<ParsedExtension> Requested(ReadOnlyMemory<byte> attributes)
    {
        AsnReader set = new AsnReader(attributes, AsnEncodingRules.BER).ReadSetOf(AttributesTag);
        if (!set.HasData)
        {
            return [];
        }

        AsnReader attribute = set.ReadSequence();
        return attribute.ReadObjectIdentifier() == Oids.ExtensionRequest
            ? ParsedExtension.ReadAll(attribute.ReadSetOf().ReadSequence())
            : [];
    }

    private readonly record struct Content(
        ParsedName Subject, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Attributes, ReadOnlyMemory<byte> Algorithm);
}
