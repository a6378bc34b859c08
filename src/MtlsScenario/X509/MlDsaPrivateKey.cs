using System.Formats.Asn1;
using System.Security.Cryptography;
using MtlsScenario.Model;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace MtlsScenario.X509;

/// <summary>An ML-DSA key (FIPS 204), by BouncyCastle: the platform has it only where its OpenSSL is 3.5 or later.</summary>
internal sealed class MlDsaPrivateKey : PrivateKey
{
    private static readonly Asn1Tag SeedTag = new(TagClass.ContextSpecific, 0);

    private readonly MlDsaVariant _variant;
    private readonly MLDsaPrivateKeyParameters _key;

    /// <summary>The seed, which BouncyCastle's key holds on to: cleared with this key and not before. Null where it is not known.</summary>
    private readonly byte[]? _seed;

    private MlDsaPrivateKey(MlDsaVariant variant, MLDsaPrivateKeyParameters key, byte[]? seed)
    {
        (_variant, _key, _seed) = (variant, key, seed);
        SubjectPublicKeyInfo = EncodePublic(variant, key.GetPublicKeyEncoded());
    }

    /// <inheritdoc/>
    public override KeyAlgorithm Algorithm => _variant.Algorithm;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>A new key.</summary>
    public static new MlDsaPrivateKey Generate(KeyAlgorithm algorithm) =>
        Own(MlDsaVariant.Of(algorithm), RandomBytes.Draw(MlDsaVariant.SeedLength));

    /// <summary>The key with that seed of 32 bytes, which is copied.</summary>
    public static MlDsaPrivateKey FromSeed(MlDsaVariant variant, ReadOnlySpan<byte> seed) => Own(variant, seed.ToArray());

    /// <summary>Reads the content of a PKCS#8 key in the three forms of RFC 9881 section 6: the seed, the expanded key, or both.</summary>
    /// <exception cref="AsnContentException">It is none of them.</exception>
    public static KeyReadResult Read(MlDsaVariant variant, byte[] content)
    {
        var reader = new AsnReader(content, AsnEncodingRules.BER);
        byte[]? seed = null;
        byte[]? expanded = null;
        if (reader.PeekTag().HasSameClassAndValue(SeedTag))
        {
            seed = reader.ReadOctetString(SeedTag);
        }
        else if (reader.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            AsnReader both = reader.ReadSequence();
            (seed, expanded) = (both.ReadOctetString(), both.ReadOctetString());
            both.ThrowIfNotEmpty();
        }
        else
        {
            expanded = reader.ReadOctetString();
        }

        reader.ThrowIfNotEmpty();
        try
        {
            return Read(variant, seed, expanded);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
            CryptographicOperations.ZeroMemory(expanded);
        }
    }

    /// <summary>SubjectPublicKeyInfo of a public key (RFC 9881 section 4).</summary>
    public static byte[] EncodePublic(MlDsaVariant variant, ReadOnlySpan<byte> publicKey)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteAlgorithm(writer, variant);
            writer.WriteBitString(publicKey);
        }

        return writer.Encode();
    }

    /// <inheritdoc/>
    public override byte[] Sign(ReadOnlySpan<byte> data, DigestAlgorithm digest)
    {
        // Where nobody asks for the same signature, hedged: FIPS 204 section 3.4 recommends that, and OpenSSL does the same.
        var signer = new MLDsaSigner(_variant.Parameters, IsDeterministic);
        signer.Init(forSigning: true, _key);
        signer.BlockUpdate(data);
        return signer.GenerateSignature();
    }

    /// <summary>The seed alone, which RFC 9881 section 6 recommends and every reader takes; the expanded key where no seed is known.</summary>
    public override byte[] ExportPkcs8()
    {
        byte[]? expanded = _seed is null ? _key.GetEncoded() : null;
        var content = new AsnWriter(AsnEncodingRules.DER);
        content.WriteOctetString(_seed ?? expanded, _seed is null ? null : SeedTag);
        byte[] encoded = content.Encode();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            WriteAlgorithm(writer, _variant);
            writer.WriteOctetString(encoded);
        }

        CryptographicOperations.ZeroMemory(expanded);
        CryptographicOperations.ZeroMemory(encoded);
        return writer.Encode();
    }

    /// <inheritdoc/>
    protected override PrivateKey Copy() => _seed is null ? new MlDsaPrivateKey(_variant, _key, seed: null) : FromSeed(_variant, _seed);

    /// <inheritdoc/>
    public override void Dispose() => CryptographicOperations.ZeroMemory(_seed);

    private static MlDsaPrivateKey Own(MlDsaVariant variant, byte[] seed) =>
        new(variant, MLDsaPrivateKeyParameters.FromSeed(variant.Parameters, seed), seed);

    private static KeyReadResult Read(MlDsaVariant variant, byte[]? seed, byte[]? expanded)
    {
        MlDsaPrivateKey key;
        try
        {
            key = seed is not null
                ? FromSeed(variant, seed)
                : new MlDsaPrivateKey(variant, MLDsaPrivateKeyParameters.FromEncoding(variant.Parameters, expanded), seed: null);
        }
        catch (ArgumentException)
        {
            return new KeyReadResult.Unreadable($"the {variant.Name} key does not have the length of one");
        }

        // Two keys in one would make what is signed with the one and checked with the other a riddle (RFC 9881 section 8.1).
        return seed is not null && expanded is not null && !key._key.GetEncoded().AsSpan().SequenceEqual(expanded)
            ? new KeyReadResult.Unreadable($"the seed and the expanded {variant.Name} key are not the same key")
            : new KeyReadResult.Read(key);
    }

    private static void WriteAlgorithm(AsnWriter writer, MlDsaVariant variant)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(variant.Oid);
        }
    }
}
