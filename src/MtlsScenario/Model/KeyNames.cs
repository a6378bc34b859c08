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
        KeyAlgorithm.MlDsa44 => "ml-dsa-44",
        KeyAlgorithm.MlDsa65 => "ml-dsa-65",
        KeyAlgorithm.MlDsa87 => "ml-dsa-87",
        _ => throw new UnreachableException(),
    };

    /// <summary>The word for a digest: <c>sha256</c>.</summary>
    public static string Of(DigestAlgorithm digest) => digest switch
    {
        DigestAlgorithm.Sha256 => "sha256",
        DigestAlgorithm.Sha384 => "sha384",
        DigestAlgorithm.Sha512 => "sha512",
        _ => throw new UnreachableException(),
    };
}
