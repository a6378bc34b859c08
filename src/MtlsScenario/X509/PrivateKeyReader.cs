using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;

namespace MtlsScenario.X509;

/// <summary>Reads private keys in the three forms that openssl has written over time.</summary>
internal static class PrivateKeyReader
{
    /// <inheritdoc cref="PrivateKey.ReadPem"/>
    public static KeyReadResult ReadPem(ReadOnlySpan<byte> pem)
    {
        int position = 0;
        while (Pem.TryDecodeNext(pem, ref position, out PemBlock? block))
        {
            if (!IsKey(block.Label))
            {
                continue;
            }

            KeyReadResult result = block.IsEncrypted || block.Label == Pem.EncryptedPrivateKey
                ? new KeyReadResult.Encrypted()
                : ReadDer(block.Label, block.Der);
            CryptographicOperations.ZeroMemory(block.Der);
            return result;
        }

        return new KeyReadResult.Unreadable("there is no private key in PEM");
    }

    /// <inheritdoc cref="PrivateKey.ReadDer"/>
    public static KeyReadResult ReadDer(string label, byte[] der)
    {
        try
        {
            return Read(label, der);
        }
        catch (Exception exception) when (
            exception is AsnContentException or CryptographicException or PlatformNotSupportedException)
        {
            // The platform's words depend on its version; what matters is that the key is not one.
            return new KeyReadResult.Unreadable($"the content of the {label} block is damaged");
        }
    }

    /// <summary>Whether a PEM label is that of a private key.</summary>
    public static bool IsKey(string label) => label is Pem.PrivateKey or Pem.Pkcs1 or Pem.Sec1 or Pem.EncryptedPrivateKey;

    private static KeyReadResult Read(string label, byte[] der) => label switch
    {
        Pem.Pkcs1 => ReadRsa(rsa =>
        {
            rsa.ImportRSAPrivateKey(der, out int length);
            return length == der.Length;
        }),
        Pem.Sec1 => ReadSec1(der),
        _ => ReadPkcs8(der),
    };

    private static KeyReadResult ReadPkcs8(byte[] der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.BER);
        AsnReader info = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        info.ReadInteger();
        AsnReader algorithm = info.ReadSequence();
        string oid = algorithm.ReadObjectIdentifier();
        switch (oid)
        {
            case Oids.RsaEncryption:
                return ReadRsa(rsa =>
                {
                    rsa.ImportPkcs8PrivateKey(der, out int length);
                    return length == der.Length;
                });
            case Oids.EcPublicKey:
                string? curve = algorithm.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier)
                    ? algorithm.ReadObjectIdentifier()
                    : null;
                return EcCurve.All.FirstOrDefault(known => known.Oid == curve) is { } usual
                    && EcPrivateKey.TryReadPkcs8(usual, der) is { } key
                    ? new KeyReadResult.Read(key)
                    : ReadEc(curve, ec => ec.ImportPkcs8PrivateKey(der, out _));
            case Oids.Ed25519:
                byte[] seed = new AsnReader(info.ReadOctetString(), AsnEncodingRules.BER).ReadOctetString();
                return seed.Length == Ed25519PrivateKey.SeedLength
                    ? new KeyReadResult.Read(Ed25519PrivateKey.FromSeed(seed))
                    : new KeyReadResult.Unreadable("the Ed25519 key does not have 32 bytes");
            default:
                return MlDsaVariant.Find(oid) is { } variant
                    ? MlDsaPrivateKey.Read(variant, info.ReadOctetString())
                    : new KeyReadResult.UnsupportedAlgorithm(KeyDescription.NameOf(oid));
        }
    }

    private static KeyReadResult ReadSec1(byte[] der)
    {
        AsnReader key = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        key.ReadInteger();
        byte[] scalar = key.ReadOctetString();
        var parametersTag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        if (!key.HasData || !key.PeekTag().HasSameClassAndValue(parametersTag))
        {
            return new KeyReadResult.Unreadable("the EC key does not name its curve");
        }

        AsnReader parameters = key.ReadSequence(parametersTag);
        string? curve = parameters.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier)
            ? parameters.ReadObjectIdentifier()
            : null;
        // GnuTLS 3.7 puts a zero before a number whose first bit is set, where RFC 5915 has a fixed length.
        return scalar is [0, .. { Length: 32 or 48 or 66 } number]
            ? ReadEc(curve, ec => ec.ImportParameters(new ECParameters { Curve = ECCurve.CreateFromValue(curve!), D = number }))
            : ReadEc(curve, ec => ec.ImportECPrivateKey(der, out _));
    }

    private static KeyReadResult ReadRsa(Func<RSA, bool> import)
    {
        RSA rsa = RSA.Create();
        bool isTaken = false;
        try
        {
            if (!import(rsa))
            {
                return new KeyReadResult.Unreadable("there is something behind the RSA key");
            }

            if (RsaPrivateKey.TryCreate(rsa) is not { } key)
            {
                return new KeyReadResult.UnsupportedAlgorithm(
                    string.Create(CultureInfo.InvariantCulture, $"RSA {rsa.KeySize} bits"));
            }

            isTaken = true;
            return new KeyReadResult.Read(key);
        }
        finally
        {
            if (!isTaken)
            {
                rsa.Dispose();
            }
        }
    }

    private static KeyReadResult ReadEc(string? curveOid, Action<ECDsa> import)
    {
        if (EcCurve.All.FirstOrDefault(known => known.Oid == curveOid) is not { } curve)
        {
            return new KeyReadResult.UnsupportedAlgorithm($"EC {curveOid ?? "with explicit parameters"}");
        }

        ECDsa key = ECDsa.Create();
        bool isTaken = false;
        try
        {
            import(key);
            var read = new KeyReadResult.Read(EcPrivateKey.Create(curve, key));
            isTaken = true;
            return read;
        }
        finally
        {
            if (!isTaken)
            {
                key.Dispose();
            }
        }
    }
}
