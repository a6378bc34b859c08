using System.Formats.Asn1;
using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.X509;

/// <summary>What kind of key a SubjectPublicKeyInfo holds.</summary>
/// <param name="Algorithm">The kind, where a scenario can name it; else null.</param>
/// <param name="Text">Readable: <c>RSA 2048 bits</c>, <c>EC P-256</c>, <c>Ed25519</c>, or what is known of another.</param>
internal sealed record KeyDescription(KeyAlgorithm? Algorithm, string Text)
{
    /// <summary>The description of a kind that a scenario can name.</summary>
    public static KeyDescription Of(KeyAlgorithm algorithm) => new(algorithm, algorithm switch
    {
        KeyAlgorithm.Rsa2048 => "RSA 2048 bits",
        KeyAlgorithm.Rsa3072 => "RSA 3072 bits",
        KeyAlgorithm.Rsa4096 => "RSA 4096 bits",
        KeyAlgorithm.EcP256 => "EC P-256",
        KeyAlgorithm.EcP384 => "EC P-384",
        KeyAlgorithm.EcP521 => "EC P-521",
        KeyAlgorithm.Ed25519 => "Ed25519",
        _ => MlDsaVariant.Of(algorithm).Name,
    });

    /// <summary>Reads it from DER; what is damaged is described as such.</summary>
    public static KeyDescription Of(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        try
        {
            AsnReader info = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.BER).ReadSequence();
            AsnReader algorithm = info.ReadSequence();
            string oid = algorithm.ReadObjectIdentifier();
            return oid switch
            {
                Oids.RsaEncryption => OfRsa(info),
                Oids.EcPublicKey => OfEc(algorithm),
                Oids.Ed25519 => Of(KeyAlgorithm.Ed25519),
                _ => MlDsaVariant.Find(oid) is { } variant ? Of(variant.Algorithm) : new(null, NameOf(oid)),
            };
        }
        catch (AsnContentException)
        {
            return new(null, "damaged");
        }
    }

    /// <summary>The length of an RSA key's modulus in bits; null of another kind of key.</summary>
    /// <exception cref="AsnContentException">It is no SubjectPublicKeyInfo.</exception>
    public static long? RsaBits(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        AsnReader info = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.BER).ReadSequence();
        return info.ReadSequence().ReadObjectIdentifier() == Oids.RsaEncryption ? RsaBits(info) : null;
    }

    /// <summary>A readable name for the algorithm of a key.</summary>
    public static string NameOf(string oid) => oid switch
    {
        Oids.RsaEncryption => "RSA",
        Oids.RsaPss => "RSA-PSS",
        Oids.EcPublicKey => "EC",
        Oids.Ed25519 => "Ed25519",
        "1.3.101.113" => "Ed448",
        "1.3.101.110" => "X25519",
        "1.2.840.10040.4.1" => "DSA",
        _ => MlDsaVariant.Find(oid)?.Name ?? oid,
    };

    private static KeyDescription OfRsa(AsnReader info)
    {
        long bits = RsaBits(info);
        return bits switch
        {
            2048 => Of(KeyAlgorithm.Rsa2048),
            3072 => Of(KeyAlgorithm.Rsa3072),
            4096 => Of(KeyAlgorithm.Rsa4096),
            _ => new(null, string.Create(CultureInfo.InvariantCulture, $"RSA {bits} bits")),
        };
    }

    private static long RsaBits(AsnReader info) =>
        new AsnReader(info.ReadBitString(out _), AsnEncodingRules.BER).ReadSequence().ReadInteger().GetBitLength();

    private static KeyDescription OfEc(AsnReader algorithm)
    {
        if (!algorithm.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier))
        {
            return new(null, "EC with explicit parameters");
        }

        string curve = algorithm.ReadObjectIdentifier();
        return EcCurve.All.FirstOrDefault(known => known.Oid == curve) is { } known
            ? Of(known.Algorithm)
            : new(null, $"EC {curve}");
    }
}
