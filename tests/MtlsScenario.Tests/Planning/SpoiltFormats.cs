using MtlsScenario.Model;
using MtlsScenario.Stores;
using MtlsScenario.X509;

namespace MtlsScenario.Tests.Planning;

/// <summary>Files of formats as somebody else would have made them, or spoilt.</summary>
/// <param name="folder">Where the keys and certificates are.</param>
/// <param name="secret">The right password.</param>
/// <param name="earlier">What the file held before its certificate was renewed.</param>
internal sealed class SpoiltFormats(AppliedFolder folder, string secret, byte[] earlier)
{
    public byte[] EarlierLeaf => earlier;


    public byte[] OtherPassword => Identity(password: "another one");

    public byte[] NoIntermediate => Identity(chain: ["bob_server"]);

    public byte[] RootToo => Identity(chain: ["bob_server", "sub", "ca"]);

    public byte[] OtherAlias => Identity(alias: "bob");

    public byte[] OtherEncryption => Identity(encryption: StoreEncryption.TripleDes);

    public byte[] OtherKey => Identity(key: "other");

    public static byte[] Garbage => "garbage"u8.ToArray();

    public static byte[] Empty => [];

    public byte[] RogueAnchor => Trust(("ca", "ca"), ("other", "other"), ("sub", "sub"));

    public byte[] NoAnchor => Trust(("ca", "ca"));

    public byte[] OtherAnchorAlias => Trust(("root", "ca"), ("other", "other"));

    public byte[] KeyOtherPassword => Encrypted("another one");

    public byte[] KeyOtherEncryption => Encrypted(encryption: StoreEncryption.TripleDes);

    public byte[] KeyOfOther => Encrypted(key: "other");

    private byte[] Identity(
        string? password = null, string[]? chain = null, string alias = "bob_server", StoreEncryption encryption = StoreEncryption.Aes256, string key = "bob_server") =>
        Pkcs12Writer.Identity(alias, Pkcs8(key), [.. (chain ?? ["bob_server", "sub"]).Select(Certificate)], PasswordOf(password ?? secret), IdentityDraws.Draw(encryption));

    private byte[] Trust(params (string Alias, string Stem)[] anchors)
    {
        using var password = Password.WellKnown();
        return Pkcs12Writer.TrustStore(anchors.Select(anchor => (anchor.Alias, Certificate(anchor.Stem))), password);
    }

    private byte[] Encrypted(string? password = null, StoreEncryption encryption = StoreEncryption.Aes256, string key = "bob_server") =>
        EncryptedKey.Write(Pkcs8(key), PasswordOf(password ?? secret), PasswordEncryption.Draw(encryption));

    private static Password PasswordOf(string password) => Password.Of(System.Text.Encoding.ASCII.GetBytes(password));

    private byte[] Pkcs8(string stem) => Decoded($"{stem}.key", Pem.PrivateKey);

    private ReadOnlyMemory<byte> Certificate(string stem) => Decoded($"{stem}.crt", Pem.Certificate);

    private byte[] Decoded(string file, string label) =>
        Pem.TryDecode(File.ReadAllBytes(folder.At(file)), label, out byte[] der) ? der : throw new InvalidDataException(file);

    public byte[] Of(string wrong) => wrong switch
    {
        nameof(OtherPassword) => OtherPassword,
        nameof(NoIntermediate) => NoIntermediate,
        nameof(RootToo) => RootToo,
        nameof(OtherAlias) => OtherAlias,
        nameof(EarlierLeaf) => EarlierLeaf,
        nameof(OtherEncryption) => OtherEncryption,
        nameof(OtherKey) => OtherKey,
        nameof(RogueAnchor) => RogueAnchor,
        nameof(NoAnchor) => NoAnchor,
        nameof(OtherAnchorAlias) => OtherAnchorAlias,
        nameof(KeyOtherPassword) => KeyOtherPassword,
        nameof(KeyOtherEncryption) => KeyOtherEncryption,
        nameof(KeyOfOther) => KeyOfOther,
        nameof(Garbage) => Garbage,
        nameof(Empty) => Empty,
        _ => throw new ArgumentOutOfRangeException(nameof(wrong)),
    };
}
