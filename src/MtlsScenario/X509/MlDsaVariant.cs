using MtlsScenario.Model;
using Org.BouncyCastle.Crypto.Parameters;

namespace MtlsScenario.X509;

/// <summary>One of the three sizes of ML-DSA (FIPS 204), and what RFC 9881 calls it.</summary>
/// <param name="Algorithm">The kind of key.</param>
/// <param name="Oid">Of keys and of signatures alike.</param>
/// <param name="Name">As openssl prints it.</param>
/// <param name="Parameters">BouncyCastle's.</param>
internal sealed record MlDsaVariant(KeyAlgorithm Algorithm, string Oid, string Name, MLDsaParameters Parameters)
{
    /// <summary>How many bytes the seed of a key has: ξ of FIPS 204 section 5.1.</summary>
    public const int SeedLength = 32;

    /// <summary>The three.</summary>
    public static IReadOnlyList<MlDsaVariant> All { get; } =
    [
        new(KeyAlgorithm.MlDsa44, Oids.MlDsa44, "ML-DSA-44", MLDsaParameters.ml_dsa_44),
        new(KeyAlgorithm.MlDsa65, Oids.MlDsa65, "ML-DSA-65", MLDsaParameters.ml_dsa_65),
        new(KeyAlgorithm.MlDsa87, Oids.MlDsa87, "ML-DSA-87", MLDsaParameters.ml_dsa_87),
    ];

    /// <summary>The object identifiers in DER but for their last octet.</summary>
    private static ReadOnlySpan<byte> CommonOid => [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03];

    /// <summary>Whether one of them is named anywhere in DER.</summary>
    public static bool IsNamedIn(ReadOnlySpan<byte> der)
    {
        for (int at; (at = der.IndexOf(CommonOid)) >= 0; der = der[(at + CommonOid.Length)..])
        {
            if (der.Length > at + CommonOid.Length && der[at + CommonOid.Length] is >= 17 and <= 19)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The one of that kind of key.</summary>
    public static MlDsaVariant Of(KeyAlgorithm algorithm) => All.First(variant => variant.Algorithm == algorithm);

    /// <summary>The one with that object identifier, or null.</summary>
    public static MlDsaVariant? Find(string oid) => All.FirstOrDefault(variant => variant.Oid == oid);
}
