using System.Security.Cryptography;
using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>Reads the keys of a folder, as far as a comparison needs them: their public halves.</summary>
/// <param name="read">Gives what is in the place of a file.</param>
internal sealed class FolderKeys(Func<string, FileContent> read)
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
            return new KeyOnDisk.Unusable(content.Fault!);
        }

        try
        {
            return PrivateKey.ReadPem(bytes) switch
            {
                KeyReadResult.Read { Key: var key } => Public(key),
                KeyReadResult.UnsupportedAlgorithm unsupported =>
                    new KeyOnDisk.Present(null, unsupported.Description, ReadOnlyMemory<byte>.Empty),
                KeyReadResult.Encrypted => new KeyOnDisk.Unusable("it is encrypted"),
                KeyReadResult.Unreadable unreadable => new KeyOnDisk.Unusable(unreadable.Reason),
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
