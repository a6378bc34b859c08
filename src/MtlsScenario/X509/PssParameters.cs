using System.Formats.Asn1;
using System.Security.Cryptography;

namespace MtlsScenario.X509;

/// <summary>Reads the parameters of RSASSA-PSS (RFC 4055 section 3.1).</summary>
internal static class PssParameters
{
    /// <summary>
    /// The digest, where the parameters are those that the platform can verify: MGF1 with the same digest, and a salt as
    /// long as the digest. Default for all others, so that such a signature never counts as verified.
    /// </summary>
    /// <param name="algorithm">What follows the object identifier in the AlgorithmIdentifier.</param>
    /// <exception cref="AsnContentException">These are no such parameters.</exception>
    public static HashAlgorithmName ReadHash(AsnReader algorithm)
    {
        if (!algorithm.HasData)
        {
            return default;
        }

        AsnReader parameters = algorithm.ReadSequence();
        string hash = Oids.Sha1;
        string maskHash = Oids.Sha1;
        int saltLength = 20;
        while (parameters.HasData)
        {
            Asn1Tag tag = parameters.PeekTag();
            AsnReader value = parameters.ReadSequence(tag);
            switch (tag.TagValue)
            {
                case 0:
                    hash = value.ReadSequence().ReadObjectIdentifier();
                    break;
                case 1:
                    AsnReader mask = value.ReadSequence();
                    maskHash = mask.ReadObjectIdentifier() == Oids.Mgf1 ? mask.ReadSequence().ReadObjectIdentifier() : "";
                    break;
                case 2:
                    saltLength = value.TryReadInt32(out int length) ? length : -1;
                    break;
            }
        }

        (HashAlgorithmName name, int size) = hash switch
        {
            Oids.Sha1 => (HashAlgorithmName.SHA1, 20),
            Oids.Sha256 => (HashAlgorithmName.SHA256, 32),
            Oids.Sha384 => (HashAlgorithmName.SHA384, 48),
            Oids.Sha512 => (HashAlgorithmName.SHA512, 64),
            _ => default,
        };
        return hash == maskHash && saltLength == size ? name : default;
    }
}
