namespace MtlsScenario.Model;

/// <summary>What kinds of key have in common.</summary>
internal static class KeyAlgorithmExtensions
{
    /// <summary>Whether it is RSA: such a key can also encipher, and takes long to generate.</summary>
    public static bool IsRsa(this KeyAlgorithm key) => key is KeyAlgorithm.Rsa2048 or KeyAlgorithm.Rsa3072 or KeyAlgorithm.Rsa4096;

    /// <summary>Whether it is ECDSA.</summary>
    public static bool IsEc(this KeyAlgorithm key) => key is KeyAlgorithm.EcP256 or KeyAlgorithm.EcP384 or KeyAlgorithm.EcP521;

    /// <summary>Whether it is ML-DSA (FIPS 204), which TLS 1.2 does not have.</summary>
    public static bool IsMlDsa(this KeyAlgorithm key) => key is KeyAlgorithm.MlDsa44 or KeyAlgorithm.MlDsa65 or KeyAlgorithm.MlDsa87;

    /// <summary>Whether a digest is chosen for its signatures; Ed25519 and ML-DSA take the message itself (RFC 8410, RFC 9881).</summary>
    public static bool HasDigest(this KeyAlgorithm key) => key != KeyAlgorithm.Ed25519 && !key.IsMlDsa();

    /// <summary>Whether two signatures of one message differ: ECDSA draws a number for each, and so does ML-DSA where it is hedged.</summary>
    public static bool HasRandomSignatures(this KeyAlgorithm key) => !key.IsRsa() && key != KeyAlgorithm.Ed25519;

    /// <summary>Whether keys of that kind have a form older than PKCS#8: PKCS#1 or SEC1.</summary>
    public static bool HasTraditionalForm(this KeyAlgorithm key) => key != KeyAlgorithm.Ed25519 && !key.IsMlDsa();
}
