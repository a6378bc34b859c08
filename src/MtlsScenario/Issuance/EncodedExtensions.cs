using System.Collections.Immutable;
using System.Formats.Asn1;
using MtlsScenario.Planning;

namespace MtlsScenario.Issuance;

/// <summary>
/// A list of extensions of which all that is the same in every certificate of a fleet was encoded once. Immutable, so
/// that several threads can write from it.
/// </summary>
internal sealed class EncodedExtensions
{
    private readonly ImmutableArray<(PlannedExtension Extension, byte[]? Encoded)> _parts;
    private readonly ReadOnlyMemory<byte>? _authority;

    /// <param name="extensions">What is planned, in the order of the certificate.</param>
    /// <param name="authority">The value of the issuer certificate's subjectKeyIdentifier; null where it has none.</param>
    public EncodedExtensions(ImmutableArray<PlannedExtension> extensions, ReadOnlyMemory<byte>? authority)
    {
        var keys = new KeyIdentifiers(ReadOnlyMemory<byte>.Empty, authority);
        _authority = authority;
        _parts =
        [
            .. from extension in extensions
               where ExtensionEncoder.IsWritten(extension, keys)
               select (extension, ExtensionEncoder.Varies(extension) ? null : Encode(extension, keys)),
        ];
    }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _parts.IsEmpty;

    /// <summary>Writes Extensions, the SEQUENCE of them.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="subject">The key identifier of the subject's key.</param>
    /// <param name="number">The number of the replica, or null.</param>
    public void Write(AsnWriter writer, ReadOnlyMemory<byte> subject, int? number)
    {
        using (writer.PushSequence())
        {
            foreach ((PlannedExtension extension, byte[]? encoded) in _parts)
            {
                if (encoded is not null)
                {
                    writer.WriteEncodedValue(encoded);
                }
                else
                {
                    ExtensionEncoder.Write(writer, extension, new KeyIdentifiers(subject, _authority), number);
                }
            }
        }
    }

    private static byte[] Encode(PlannedExtension extension, KeyIdentifiers keys)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        ExtensionEncoder.Write(writer, extension, keys, number: null);
        return writer.Encode();
    }
}
