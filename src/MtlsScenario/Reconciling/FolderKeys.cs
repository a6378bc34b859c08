using System.Security.Cryptography;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Reads the keys of a folder, as far as a comparison needs them: their public halves.</summary>
/// <param name="read">Gives what is in the place of a file.</param>
/// <param name="statusOf">Tells whose a file is; null where there are no files.</param>
internal sealed class FolderKeys(Func<string, FileContent> read, Func<string, UnixFileStatus?>? statusOf = null)
{
    /// <summary>What stands in the place of a key.</summary>
    public KeyOnDisk Read(string path)
    {
        FileContent content = read(path);
        if (content.IsMissing)
        {
            return KeyOnDisk.Missing.Instance;
        }

        if (content.Bytes is not { } bytes)
        {
            return new KeyOnDisk.Unusable(content.Fault!, content.IsDenied ? "run this as a user who may read it" : "see what it is, and move it away");
        }

        if (bytes.Length == 0)
        {
            return new KeyOnDisk.Missing { Digest = KeyPlacement.Empty };
        }

        UnixFileStatus? status = statusOf?.Invoke(path);
        if (status is { IsEverybodys: true })
        {
            CryptographicOperations.ZeroMemory(bytes);
            return new KeyOnDisk.Unusable("everybody may write it, so anybody may have put it there", "see whose it is, and close it (chmod o-w)");
        }

        byte[] digest = Digests.Sha256(bytes);
        try
        {
            return PrivateKey.ReadPem(bytes) switch
            {
                KeyReadResult.Read { Key: var key } => Public(key) with { Digest = digest, Status = status },
                KeyReadResult.UnsupportedAlgorithm unsupported =>
                    new KeyOnDisk.Present(null, unsupported.Description, ReadOnlyMemory<byte>.Empty) { Digest = digest, Status = status },
                KeyReadResult.Encrypted => new KeyOnDisk.Unusable("it is encrypted", "put it there without its password") { Digest = digest },
                KeyReadResult.Unreadable unreadable => new KeyOnDisk.Unusable(unreadable.Reason, Remedy: null) { Digest = digest },
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static KeyOnDisk.Present Public(PrivateKey key)
    {
        using (key)
        {
            return new KeyOnDisk.Present(key.Algorithm, KeyNames.Of(key.Algorithm), key.SubjectPublicKeyInfo);
        }
    }
}
