using System.Diagnostics;
using System.Security.Cryptography;
using MtlsScenario.Planning;
using MtlsScenario.Stores;

namespace MtlsScenario.Reconciling;

/// <summary>Writes a key, what is presented or what is trusted in a further format. Safe for use by several threads.</summary>
/// <param name="passwords">The passwords.</param>
internal sealed class FormatMaker(StorePasswords passwords)
{
    /// <summary>The file's content, with what is random drawn.</summary>
    /// <param name="format">What is written.</param>
    /// <param name="number">Which replica, or null.</param>
    /// <param name="read">Gives what is in a file; null where it cannot be read.</param>
    /// <returns>What the caller clears; null where a file that goes into it is not there or is none that could.</returns>
    public byte[]? TryMake(WriteFormat format, int? number, Func<string, byte[]?> read)
    {
        using FormatParts? parts = FormatParts.TryRead(format, number, read);
        return parts is null ? null : Make(format, parts);
    }

    /// <summary>The file's content.</summary>
    /// <param name="format">What is written.</param>
    /// <param name="parts">What goes into it.</param>
    /// <param name="identity">What is random in a PKCS#12; drawn where it is null.</param>
    /// <param name="encryption">What is random in an encrypted key; drawn where it is null.</param>
    /// <returns>What the caller clears; null of a key that has no such form.</returns>
    public byte[]? Make(WriteFormat format, FormatParts parts, IdentityDraws? identity = null, PasswordEncryption? encryption = null) => format.Kind switch
    {
        ArtifactKind.Pkcs12 => Pkcs12Writer.Identity(
            parts.Alias, parts.Pkcs8, parts.Certificates, passwords.Of(format), identity ?? IdentityDraws.Draw(format.Encryption)),
        ArtifactKind.TrustStore => Pkcs12Writer.TrustStore(format.Sources.Anchors.Zip(parts.Anchors), passwords.Of(format)),
        ArtifactKind.CombinedPem => Pem(parts, key => [.. key, .. parts.CertificatesPem]),
        ArtifactKind.CertificateDer => parts.Certificates[0].ToArray(),
        ArtifactKind.KeyDer => [.. parts.Pkcs8],
        ArtifactKind.TraditionalKey => TraditionalKey.TryWrite(parts.Pkcs8),
        ArtifactKind.EncryptedKey => EncryptedKey.Write(
            parts.Pkcs8, passwords.Of(format), encryption ?? PasswordEncryption.Draw(format.Encryption)),
        ArtifactKind.Pkcs7 => Pkcs7.Write(parts.Certificates),
        ArtifactKind.Secret => Pem(parts, key => KubernetesText.Secret(parts.ObjectName, parts.CertificatesPem, key, parts.AnchorsPem)),
        ArtifactKind.TrustConfigMap => KubernetesText.ConfigMap(parts.ObjectName, parts.AnchorsPem),
        _ => throw new UnreachableException(),
    };

    private static byte[] Pem(FormatParts parts, Func<byte[], byte[]> make)
    {
        byte[] key = X509.Pem.Encode(X509.Pem.PrivateKey, parts.Pkcs8);
        byte[] content = make(key);
        CryptographicOperations.ZeroMemory(key);
        return content;
    }
}
