using System.Diagnostics;
using System.Security.Cryptography;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Seeding;
using MtlsScenario.Stores;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Writes a key, what is presented or what is trusted in a further format.</summary>
internal static class FormatMaker
{
    /// <summary>The file's content.</summary>
    /// <param name="kind">What is written.</param>
    /// <param name="parts">What goes into it.</param>
    /// <param name="protection">How it is protected, where it is.</param>
    /// <returns>What the caller clears; null of a key that has no such form.</returns>
    public static byte[]? Make(ArtifactKind kind, FormatParts parts, FormatProtection protection) => kind switch
    {
        ArtifactKind.Pkcs12 => Pkcs12Writer.Identity(
            parts.Alias, parts.Pkcs8, parts.Certificates, protection.Password, protection.Identity ?? IdentityDraws.Draw(protection.Encryption, Draws(kind, parts, protection.Seed))),
        ArtifactKind.TrustStore => Pkcs12Writer.TrustStore(parts.AnchorAliases.Zip(parts.Anchors), protection.Password),
        ArtifactKind.CombinedPem => WithKey(parts, key => [.. key, .. parts.CertificatesPem]),
        ArtifactKind.CertificateDer => parts.Certificates[0].ToArray(),
        ArtifactKind.KeyDer => [.. parts.Pkcs8],
        ArtifactKind.TraditionalKey => TraditionalKey.TryWrite(parts.Pkcs8),
        ArtifactKind.EncryptedKey => EncryptedKey.Write(
            parts.Pkcs8, protection.Password, protection.Key ?? PasswordEncryption.Draw(protection.Encryption, Draws(kind, parts, protection.Seed))),
        ArtifactKind.Pkcs7 => Pkcs7.Write(parts.Certificates),
        ArtifactKind.Secret => WithKey(parts, key => KubernetesWriter.Secret(parts.ObjectName, parts.CertificatesPem, key, parts.AnchorsPem)),
        ArtifactKind.TrustConfigMap => KubernetesWriter.ConfigMap(parts.ObjectName, parts.AnchorsPem),
        _ => throw new UnreachableException(),
    };

    private static Func<int, byte[]>? Draws(ArtifactKind kind, FormatParts parts, KeySeed? seed) => seed?.Draws(
        $"salt\0{kind}\0{parts.Alias}", Digests.Sha256([.. parts.Pkcs8, .. parts.Certificates.SelectMany(certificate => certificate.ToArray())]));

    private static byte[] WithKey(FormatParts parts, Func<byte[], byte[]> make)
    {
        byte[] key = Pem.Encode(Pem.PrivateKey, parts.Pkcs8);
        byte[] content = make(key);
        CryptographicOperations.ZeroMemory(key);
        return content;
    }
}

/// <summary>How a file of a format is protected.</summary>
/// <param name="Password">Its password.</param>
/// <param name="Encryption">How a key in it is encrypted.</param>
/// <param name="Identity">What is random in a PKCS#12 with a key; drawn where it is null.</param>
/// <param name="Key">What is random in an encrypted key; drawn where it is null.</param>
internal sealed record FormatProtection(
    Password Password, StoreEncryption Encryption = StoreEncryption.Aes256, IdentityDraws? Identity = null, PasswordEncryption? Key = null)
{
    /// <summary>From which what would be drawn comes; null to draw it.</summary>
    public KeySeed? Seed { get; init; }
}
