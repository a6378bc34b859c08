using System.Collections.Immutable;
using System.Formats.Asn1;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>Reads the further extensions of a certificate.</summary>
/// <param name="written">The object identifiers of the extensions that the certificate has anyway, with the keys that they come from.</param>
/// <param name="faults">Where the faults go.</param>
internal sealed class ExtensionReader(IReadOnlyDictionary<string, string> written, FaultList faults)
{
    private const int DeepestValue = 64;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The extensions, in order; null where it is no list.</summary>
    public ImmutableArray<CustomExtension>? ReadAll(Field field) =>
        field.Items(faults, "a list of { oid, critical, value }")?.Select(Read).OfType<CustomExtension>().ToImmutableArray();

    private CustomExtension? Read(Field item)
    {
        if (item.Mapping(faults, "{ oid, critical, value }") is not { } mapping)
        {
            return null;
        }

        var fields = new Fields(item.Position, mapping);
        fields.CheckKeys(["oid", "critical", "value"], "an extension", faults);
        string? oid = ReadOid(fields);
        bool isCritical = fields["critical"]?.Boolean(faults) ?? false;
        ImmutableArray<byte>? value = ReadValue(fields);
        return oid is null || value is null ? null : new CustomExtension(oid, isCritical, value.Value);
    }

    private string? ReadOid(Fields fields)
    {
        if (fields["oid"] is not { } field)
        {
            fields.Missing("oid", "the extension", faults);
            return null;
        }

        if (field.Text(faults, "an object identifier such as 1.3.6.1.4.1.32473.1") is not { } oid)
        {
            return null;
        }

        if (!ObjectIdentifierSyntax.IsValid(oid))
        {
            faults.Error(
                field.Position, DiagnosticCodes.InvalidOid, $"{VisibleText.Quoted(oid)} is no object identifier", "write it like 1.3.6.1.4.1.32473.1");
            return null;
        }

        if (written.TryGetValue(oid, out string? origin))
        {
            faults.Error(field.Position, DiagnosticCodes.ExtensionConflict, $"{oid} is {origin}, which this certificate has already");
        }
        else if (!_seen.Add(oid))
        {
            faults.Error(field.Position, DiagnosticCodes.ExtensionConflict, $"{oid} is in extensions twice (RFC 5280 section 4.2 allows it once)");
        }

        return oid;
    }

    private ImmutableArray<byte>? ReadValue(Fields fields)
    {
        if (fields["value"] is not { } field)
        {
            fields.Missing("value", "the extension", faults);
            return null;
        }

        if (field.Text(faults, "DER as hex:... or base64:...") is not { } text)
        {
            return null;
        }

        if (Decode(text) is not { } bytes)
        {
            faults.Error(
                field.Position,
                DiagnosticCodes.InvalidExtension,
                $"{VisibleText.Quoted(text)} is neither hex: and hexadecimal digits nor base64: and base 64",
                "NULL is written hex:0500");
            return null;
        }

        if (!IsDer(bytes))
        {
            faults.Error(
                field.Position, DiagnosticCodes.InvalidExtension, $"{VisibleText.Quoted(text)} is not one value in DER", "NULL is written hex:0500");
            return null;
        }

        return [.. bytes];
    }

    private static byte[]? Decode(string text)
    {
        try
        {
            return text.StartsWith("hex:", StringComparison.Ordinal) ? Convert.FromHexString(text.AsSpan(4))
                : text.StartsWith("base64:", StringComparison.Ordinal) ? Convert.FromBase64String(text[7..])
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsDer(byte[] bytes)
    {
        try
        {
            var reader = new AsnReader(bytes, AsnEncodingRules.DER);
            Walk(reader, depth: 1, isOne: true);
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static void Walk(AsnReader reader, int depth, bool isOne)
    {
        do
        {
            Asn1Tag tag = reader.PeekTag();
            ReadOnlyMemory<byte> content = reader.PeekContentBytes();
            reader.ReadEncodedValue();
            if (tag.IsConstructed)
            {
                var inner = new AsnReader(content, AsnEncodingRules.DER);
                if (depth == DeepestValue)
                {
                    throw new AsnContentException();
                }

                if (inner.HasData)
                {
                    Walk(inner, depth + 1, isOne: false);
                }
            }
            else if (tag.TagClass == TagClass.Universal)
            {
                CheckPrimitive(tag, content);
            }
        }
        while (!isOne && reader.HasData);

        reader.ThrowIfNotEmpty();
    }

    /// <summary>What DER demands of the content of simple types, as far as readers refuse what breaks it.</summary>
    private static void CheckPrimitive(Asn1Tag tag, ReadOnlyMemory<byte> content)
    {
        ReadOnlySpan<byte> bytes = content.Span;
        bool isRight = (UniversalTagNumber)tag.TagValue switch
        {
            UniversalTagNumber.Boolean => bytes is [0x00] or [0xFF],
            UniversalTagNumber.Integer or UniversalTagNumber.Enumerated =>
                bytes.Length == 1 || (bytes.Length > 1 && bytes is not ([0x00, < 0x80, ..] or [0xFF, >= 0x80, ..])),
            UniversalTagNumber.Null => bytes.IsEmpty,
            UniversalTagNumber.BitString => bytes is [0] or [< 8, _, ..] && (bytes[^1] & ((1 << bytes[0]) - 1)) == 0,
            UniversalTagNumber.ObjectIdentifier => !bytes.IsEmpty && (bytes[^1] & 0x80) == 0,
            UniversalTagNumber.Sequence or UniversalTagNumber.Set or UniversalTagNumber.EndOfContents => false,
            _ => true,
        };
        if (!isRight)
        {
            throw new AsnContentException();
        }
    }
}
