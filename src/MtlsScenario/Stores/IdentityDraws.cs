using MtlsScenario.Model;

namespace MtlsScenario.Stores;

/// <summary>What is random in a PKCS#12 with a key: drawn, or taken from one that is there, so that it can be made again.</summary>
/// <param name="Certificates">How the certificates are encrypted.</param>
/// <param name="Key">How the key is.</param>
/// <param name="Mac">How its MAC is made.</param>
internal sealed record IdentityDraws(PasswordEncryption Certificates, PasswordEncryption Key, Pkcs12Mac Mac)
{
    /// <summary>New ones.</summary>
    /// <param name="encryption">The kind of encryption.</param>
    /// <param name="draw">Gives that many bytes; null for random ones.</param>
    public static IdentityDraws Draw(StoreEncryption encryption, Func<int, byte[]>? draw = null) =>
        new(PasswordEncryption.Draw(encryption, draw), PasswordEncryption.Draw(encryption, draw), Pkcs12Mac.Draw(encryption, draw));

    /// <summary>Those of a store; null where it is not encrypted in that way.</summary>
    public static IdentityDraws? Of(Pkcs12Content store, StoreEncryption encryption)
    {
        IdentityDraws wanted = Draw(encryption);
        return store.Certificates.FirstOrDefault()?.Encryption is { } certificates
            && wanted.Certificates.WithDrawsOf(certificates) is { } taken
            && store.Keys.FirstOrDefault()?.Encryption is { } key
            && wanted.Key.WithDrawsOf(key) is { } takenKey
            && wanted.Mac.WithDrawsOf(store.Mac) is { } mac
                ? new(taken, takenKey, mac)
                : null;
    }
}
