using System.Diagnostics;

namespace MtlsScenario.Model;

/// <summary>The words of a scenario for keys and digests.</summary>
internal static class KeyNames
{
    /// <summary>The word for a kind of key: <c>rsa-2048</c>.</summary>
    public static string Of(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Rsa2048 => "rsa-2048",
        KeyAlgorithm.Rsa3072 => "rsa-3072",
        KeyAlgorithm.Rsa4096 => "rsa-4096",
        KeyAlgorithm.EcP256 => "ec-p256",
        KeyAlgorithm.EcP384 => "ec-p384",
        KeyAlgorithm.EcP521 => "ec-p521",
        KeyAlgorithm.Ed25519 => "ed25519",
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether keys of that kind have a form older than PKCS#8: PKCS#1 or SEC1.</summary>
    public static bool HasTraditionalForm(KeyAlgorithm algorithm) => algorithm is KeyAlgorithm.Rsa2048 or KeyAlgorithm.Rsa3072
        or KeyAlgorithm.Rsa4096 or KeyAlgorithm.EcP256 or KeyAlgorithm.EcP384 or KeyAlgorithm.EcP521;

    /// <summary>The word for a digest: <c>sha256</c>.</summary>
    public static string Of(DigestAlgorithm digest) => digest switch
    {
        DigestAlgorithm.Sha256 => "sha256",
        DigestAlgorithm.Sha384 => "sha384",
        DigestAlgorithm.Sha512 => "sha512",
        _ => throw new UnreachableException(),
    };
}
