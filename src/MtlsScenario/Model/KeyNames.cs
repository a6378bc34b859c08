using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>The words of a scenario for keys and digests.</summary>
internal static class KeyNames
{
    /// <summary>The words for kinds of keys: <c>rsa-2048</c>.</summary>
    public static ImmutableArray<(string Word, KeyAlgorithm Key)> Keys { get; } =
    [
        ("rsa-2048", KeyAlgorithm.Rsa2048),
        ("rsa-3072", KeyAlgorithm.Rsa3072),
        ("rsa-4096", KeyAlgorithm.Rsa4096),
        ("ec-p256", KeyAlgorithm.EcP256),
        ("ec-p384", KeyAlgorithm.EcP384),
        ("ec-p521", KeyAlgorithm.EcP521),
        ("ed25519", KeyAlgorithm.Ed25519),
        ("ml-dsa-44", KeyAlgorithm.MlDsa44),
        ("ml-dsa-65", KeyAlgorithm.MlDsa65),
        ("ml-dsa-87", KeyAlgorithm.MlDsa87),
    ];

    /// <summary>The words for digests: <c>sha256</c>.</summary>
    public static ImmutableArray<(string Word, DigestAlgorithm Digest)> Digests { get; } =
        [("sha256", DigestAlgorithm.Sha256), ("sha384", DigestAlgorithm.Sha384), ("sha512", DigestAlgorithm.Sha512)];

    /// <summary>The word for a kind of key.</summary>
    public static string Of(KeyAlgorithm algorithm) => Keys.First(pair => pair.Key == algorithm).Word;

    /// <summary>The word for a digest.</summary>
    public static string Of(DigestAlgorithm digest) => Digests.First(pair => pair.Digest == digest).Word;
}
