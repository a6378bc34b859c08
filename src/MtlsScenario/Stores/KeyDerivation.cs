using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;

namespace MtlsScenario.Stores;

/// <summary>How a key is made of a password.</summary>
/// <param name="Salt">What is drawn for it.</param>
internal abstract record KeyDerivation(byte[] Salt)
{
    /// <summary>How it is said.</summary>
    public abstract string Text { get; }

    /// <summary>What it costs: about as many digests.</summary>
    public abstract long Work { get; }

    /// <summary>The key of a password. The caller clears it.</summary>
    public abstract byte[] Derive(Password password, int length);

    /// <summary>PBKDF2 (RFC 8018 section 5.2).</summary>
    /// <param name="Salt">The salt.</param>
    /// <param name="Hash">The digest of its HMAC.</param>
    /// <param name="Iterations">How often.</param>
    internal sealed record Pbkdf2(byte[] Salt, HashAlgorithmName Hash, int Iterations) : KeyDerivation(Salt)
    {
        public override string Text => string.Create(CultureInfo.InvariantCulture, $"PBKDF2-HMAC-{Hash} {Iterations}");

        public override long Work => Iterations;

        public override byte[] Derive(Password password, int length) =>
            Rfc2898DeriveBytes.Pbkdf2(password.Octets, Salt, Iterations, Hash, length);

        /// <summary>Writes the AlgorithmIdentifier as openssl does.</summary>
        public void Write(AsnWriter writer)
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(StoreOids.Pbkdf2);
                using (writer.PushSequence())
                {
                    writer.WriteOctetString(Salt);
                    writer.WriteInteger(Iterations);
                    using (writer.PushSequence())
                    {
                        writer.WriteObjectIdentifier(StoreOids.OfHmac(Hash));
                        writer.WriteNull();
                    }
                }
            }
        }
    }

    /// <summary>scrypt (RFC 7914 section 7).</summary>
    /// <param name="Salt">The salt.</param>
    /// <param name="Cost">N: a power of two.</param>
    /// <param name="BlockSize">r.</param>
    /// <param name="Parallel">p.</param>
    internal sealed record Scrypt(byte[] Salt, int Cost, int BlockSize, int Parallel) : KeyDerivation(Salt)
    {
        public override string Text => string.Create(CultureInfo.InvariantCulture, $"scrypt N={Cost} r={BlockSize} p={Parallel}");

        public override long Work => 4L * Cost * BlockSize * Parallel;

        public override byte[] Derive(Password password, int length) =>
            SCrypt.Generate(password.Octets.ToArray(), Salt, Cost, BlockSize, Parallel, length);
    }

    /// <summary>Reads the content of an AlgorithmIdentifier of PBKDF2 or scrypt.</summary>
    /// <param name="identifier">What stands there.</param>
    /// <param name="length">The length of the key, where it says one.</param>
    /// <exception cref="AsnContentException">It is none.</exception>
    /// <exception cref="StoreFaultException">It is another.</exception>
    public static KeyDerivation Read(AsnReader identifier, out int? length)
    {
        string oid = identifier.ReadObjectIdentifier();
        if (oid is not (StoreOids.Pbkdf2 or StoreOids.Scrypt))
        {
            throw new StoreFaultException(StoreFaultKind.Unsupported, $"how its key is derived, {oid}, is not known here");
        }

        AsnReader parameters = identifier.ReadSequence();
        byte[] salt = parameters.ReadOctetString();
        int iterations = ReadCount(parameters);
        if (oid == StoreOids.Scrypt)
        {
            var scrypt = new Scrypt(salt, iterations, ReadCount(parameters), ReadCount(parameters));
            length = parameters.HasData ? ReadCount(parameters) : null;
            return scrypt.Cost > 1 && int.IsPow2(scrypt.Cost) ? scrypt : throw new AsnContentException();
        }

        length = parameters.HasData && parameters.PeekTag() == Asn1Tag.Integer ? ReadCount(parameters) : null;
        string prf = parameters.HasData ? parameters.ReadSequence().ReadObjectIdentifier() : StoreOids.OfHmac(HashAlgorithmName.SHA1);
        return new Pbkdf2(salt, StoreOids.DigestOf(prf), iterations);
    }

    /// <summary>A number of at least one.</summary>
    public static int ReadCount(AsnReader reader) =>
        reader.TryReadInt32(out int count) && count > 0 ? count : throw new AsnContentException();
}
