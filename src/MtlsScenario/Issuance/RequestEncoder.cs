using System.Formats.Asn1;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>
/// A PKCS#10 request of which all that is the same in a fleet was encoded once. Immutable, so that several threads can
/// write from it.
/// </summary>
internal sealed class RequestEncoder(RequestTemplate template)
{
    private static readonly Asn1Tag AttributesTag = new(TagClass.ContextSpecific, 0);

    private readonly byte[]? _subject = NameEncoder.Varies(template.Subject) ? null : NameEncoder.Encode(template.Subject);
    private readonly EncodedExtensions _extensions = new(template.Extensions, authority: null);

    /// <summary>The digest of the signature.</summary>
    public DigestAlgorithm Digest => template.Digest;

    /// <summary>Writes CertificationRequestInfo (RFC 2986 section 4.1).</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="subjectPublicKeyInfo">The subject's key, DER.</param>
    /// <param name="number">The number of the replica, or null.</param>
    public void WriteToBeSigned(AsnWriter writer, ReadOnlySpan<byte> subjectPublicKeyInfo, int? number)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            if (_subject is not null)
            {
                writer.WriteEncodedValue(_subject);
            }
            else
            {
                NameEncoder.Write(writer, template.Subject, number);
            }

            writer.WriteEncodedValue(subjectPublicKeyInfo);

            // The SET OF attributes is written even where it is empty, as openssl does.
            using (writer.PushSetOf(AttributesTag))
            {
                if (!_extensions.IsEmpty)
                {
                    WriteExtensionRequest(writer, SubjectPublicKeys.Identifier(subjectPublicKeyInfo), number);
                }
            }
        }
    }

    private void WriteExtensionRequest(AsnWriter writer, byte[] subject, int? number)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.ExtensionRequest);
            using (writer.PushSetOf())
            {
                _extensions.Write(writer, subject, number);
            }
        }
    }
}
