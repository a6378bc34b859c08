using System.Formats.Asn1;
using System.Numerics;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Seeding;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>
/// A certificate of which all that is the same in a fleet was encoded once: a leaf then costs its key, its signature
/// and some copying. Immutable, so that several threads can write from it.
/// </summary>
internal sealed class CertificateEncoder
{
    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3);

    private readonly CertificateTemplate _template;
    private readonly ReadOnlyMemory<byte> _issuer;
    private readonly byte[] _validity;
    private readonly byte[]? _subject;
    private readonly EncodedExtensions _extensions;
    private readonly ReadOnlyMemory<byte> _issuerKey;
    private readonly KeySeed? _seed;

    /// <param name="template">What the certificates say.</param>
    /// <param name="issuer">Who signs them.</param>
    /// <param name="now">The moment of issuance, UTC.</param>
    /// <param name="seed">From which serial numbers come that are not written; null to draw them.</param>
    public CertificateEncoder(CertificateTemplate template, SigningIdentity issuer, DateTimeOffset now, KeySeed? seed = null)
    {
        (_template, _seed) = (template, seed);
        Algorithm = SignatureAlgorithm.For(issuer.Algorithm, template.Digest);
        (_issuer, _issuerKey) = (issuer.Name, issuer.SubjectPublicKeyInfo);
        _validity = EncodeValidity(template.Validity.From.At(now), template.Validity.Until.At(now));
        _subject = NameEncoder.Varies(template.Subject) ? null : NameEncoder.Encode(template.Subject);
        _extensions = new EncodedExtensions(template.Extensions, issuer.KeyIdentifier);
    }

    /// <summary>How the certificates are signed.</summary>
    public SignatureAlgorithm Algorithm { get; }

    /// <summary>The digest of the signature.</summary>
    public DigestAlgorithm Digest => _template.Digest;

    /// <summary>Writes TBSCertificate (RFC 5280 section 4.1).</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="subjectPublicKeyInfo">The subject's key, DER.</param>
    /// <param name="number">The number of the replica, or null.</param>
    public void WriteToBeSigned(AsnWriter writer, ReadOnlySpan<byte> subjectPublicKeyInfo, int? number)
    {
        using (writer.PushSequence())
        {
            if (_template.Version != 1)
            {
                using (writer.PushSequence(VersionTag))
                {
                    writer.WriteInteger(_template.Version - 1);
                }
            }

            WriteSerial(writer, subjectPublicKeyInfo, number);
            WriteBehindSerial(writer, subjectPublicKeyInfo, number);
        }
    }

    /// <summary>
    /// The serial number that comes of the seed: of all else that the certificate says, and of the key of its issuer. One that
    /// came of a name alone would stay where the content changes, and two certificates with one number are refused.
    /// </summary>
    /// <param name="subjectPublicKeyInfo">The subject's key, DER.</param>
    /// <param name="number">The number of the replica, or null.</param>
    public BigInteger SerialOf(ReadOnlySpan<byte> subjectPublicKeyInfo, int? number)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(_template.Version);
            WriteBehindSerial(writer, subjectPublicKeyInfo, number);
            writer.WriteEncodedValue(_issuerKey.Span);
        }

        return _seed!.Serial(Digests.Sha256(writer.Encode()));
    }

    private void WriteBehindSerial(AsnWriter writer, ReadOnlySpan<byte> subjectPublicKeyInfo, int? number)
    {
        writer.WriteEncodedValue(Algorithm.Encoded.Span);
        writer.WriteEncodedValue(_issuer.Span);
        writer.WriteEncodedValue(_validity);
        if (_subject is not null)
        {
            writer.WriteEncodedValue(_subject);
        }
        else
        {
            NameEncoder.Write(writer, _template.Subject, number);
        }

        writer.WriteEncodedValue(subjectPublicKeyInfo);
        if (!_extensions.IsEmpty)
        {
            using (writer.PushSequence(ExtensionsTag))
            {
                _extensions.Write(writer, SubjectPublicKeys.Identifier(subjectPublicKeyInfo), number);
            }
        }
    }

    private void WriteSerial(AsnWriter writer, ReadOnlySpan<byte> subjectPublicKeyInfo, int? number)
    {
        switch (_template.Serial)
        {
            case SerialNumber.Random when _seed is not null:
                writer.WriteInteger(SerialOf(subjectPublicKeyInfo, number));
                break;
            case SerialNumber.Random:
                RandomSerial.Write(writer);
                break;
            case SerialNumber.Fixed written:
                writer.WriteInteger(written.Value);
                break;
            case SerialNumber.OfReplica:
                writer.WriteInteger(number ?? throw new ArgumentNullException(nameof(number)));
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Validity (RFC 5280 section 4.1.2.5), DER.</summary>
    internal static byte[] EncodeValidity(DateTimeOffset from, DateTimeOffset until)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            AsnTime.Write(writer, from);
            AsnTime.Write(writer, until);
        }

        return writer.Encode();
    }
}
