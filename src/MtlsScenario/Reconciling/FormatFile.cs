using System.Security.Cryptography;
using MtlsScenario.Planning;
using MtlsScenario.Stores;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>A file of a format that is there, opened as far as a comparison needs it. Disposing of it clears the keys.</summary>
internal sealed class FormatFile : IDisposable
{
    private FormatFile(ReadOnlyMemory<byte> content) => Content = content;

    /// <summary>What it holds.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Why it cannot be opened; null where it can, or need not be.</summary>
    public StoreFault? Fault { get; private init; }

    /// <summary>What a PKCS#12 holds.</summary>
    public Pkcs12Content? Store { get; private init; }

    /// <summary>How an encrypted key is encrypted.</summary>
    public PasswordEncryption? Encryption { get; private init; }

    /// <summary>How it is encrypted, for people.</summary>
    public string EncryptionText =>
        (Encryption ?? Store?.Keys.FirstOrDefault()?.Encryption ?? Store?.Certificates.FirstOrDefault()?.Encryption)?.Text ?? "none";

    /// <summary>The public half of the key in it, DER; null where there is none, or it cannot be read.</summary>
    public ReadOnlyMemory<byte>? PublicKey { get; private init; }

    /// <summary>Reads one.</summary>
    /// <param name="kind">What it is to be.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="password">Its password; null of what has none.</param>
    public static FormatFile Read(ArtifactKind kind, byte[] content, Password? password)
    {
        switch (kind)
        {
            case ArtifactKind.Pkcs12 or ArtifactKind.TrustStore:
                StoreFault? fault = Pkcs12Reader.TryOpen(content, password!, out Pkcs12Content? store);
                return new FormatFile(content)
                {
                    Fault = fault,
                    Store = store,
                    PublicKey = store?.Keys is [var only] ? Public(PrivateKey.ReadDer(Pem.PrivateKey, only.Pkcs8)) : null,
                };
            case ArtifactKind.EncryptedKey:
                StoreFault? closed = EncryptedKey.TryOpen(content, password!, out OpenedKey? opened);
                return new FormatFile(content)
                {
                    Fault = closed,
                    Encryption = opened?.Encryption,
                    PublicKey = opened is null ? null : Public(opened.Key),
                };
            case ArtifactKind.CombinedPem or ArtifactKind.TraditionalKey:
                return new FormatFile(content) { PublicKey = Public(PrivateKey.ReadPem(content)) };
            case ArtifactKind.KeyDer:
                return new FormatFile(content) { PublicKey = Public(PrivateKey.ReadDer(Pem.PrivateKey, content)) };
            case ArtifactKind.Secret when KubernetesReader.Find(content, KubernetesReader.Key) is { } key:
                ReadOnlyMemory<byte>? secret = Public(PrivateKey.ReadPem(key));
                CryptographicOperations.ZeroMemory(key);
                return new FormatFile(content) { PublicKey = secret };
            default:
                return new FormatFile(content);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Store?.Dispose();

    private static ReadOnlyMemory<byte>? Public(KeyReadResult result)
    {
        if (result is not KeyReadResult.Read { Key: var key })
        {
            return null;
        }

        using (key)
        {
            return key.SubjectPublicKeyInfo;
        }
    }
}
