using System.Globalization;
using System.Numerics;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Scripting;

/// <summary>Options and values of openssl that are the same in every script.</summary>
internal static class StepOptions
{
    /// <summary>What follows <c>openssl genpkey</c> for a key of that kind.</summary>
    public static IEnumerable<string> Key(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.EcP256 => Curve("P-256"),
        KeyAlgorithm.EcP384 => Curve("P-384"),
        KeyAlgorithm.EcP521 => Curve("P-521"),
        KeyAlgorithm.Ed25519 => ["-algorithm ED25519"],
        _ when algorithm.IsMlDsa() => ["-algorithm " + MlDsaVariant.Of(algorithm).Name, "-provparam ml-dsa.output_formats=seed-only"],
        _ => ["-algorithm RSA", $"-pkeyopt rsa_keygen_bits:{BareCommands.RsaBits(algorithm)}"],
    };

    /// <summary>The option of <c>req</c> and <c>x509</c> that names the digest of a signature, where one by such a key has one.</summary>
    public static string[] DigestOf(DigestAlgorithm digest, KeyAlgorithm? key) => TakesDigest(key) ? ["-" + KeyNames.Of(digest)] : [];

    /// <summary>The option of <c>ca</c> that does.</summary>
    public static string[] DigestOfCa(DigestAlgorithm digest, KeyAlgorithm? key) => TakesDigest(key) ? ["-md " + KeyNames.Of(digest)] : [];

    /// <summary>The options with which a signature by such a key is the same each time; none where it is anyway.</summary>
    public static string[] SameSignature(KeyAlgorithm? key) =>
        key is not { } kind ? [] : kind.IsEc() ? ["-sigopt nonce-type:1"] : kind.IsMlDsa() ? ["-sigopt deterministic:1"] : [];

    /// <summary>The commands that let others read a key; none where its owner alone does.</summary>
    /// <param name="access">Who reads it.</param>
    /// <param name="give">The command that gives a file to a group.</param>
    /// <param name="key">The key, as a word of the shell.</param>
    public static IEnumerable<string> Access(KeyAccess access, string give, string key)
    {
        if (access.Group is { } group)
        {
            yield return $"{give} {ShellQuoting.Quote(group)} {key}";
        }

        if (access.Mode != KeyAccess.OwnerOnly.Mode)
        {
            yield return $"chmod {access.Octal[1..]} {key}";
        }
    }

    /// <summary>A serial number as openssl reads it: hexadecimal, with an even number of digits.</summary>
    public static string Hex(BigInteger value)
    {
        string digits = value.ToString("X", CultureInfo.InvariantCulture).TrimStart('0');
        return digits.Length % 2 == 0 ? digits : "0" + digits;
    }

    /// <summary>An instant as <c>openssl ca</c> takes it.</summary>
    public static string Date(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Whether a signature by such a key has a digest; one that is not known is taken to have one.</summary>
    private static bool TakesDigest(KeyAlgorithm? key) => key?.HasDigest() ?? true;

    private static IEnumerable<string> Curve(string curve) =>
        ["-algorithm EC", "-pkeyopt ec_paramgen_curve:" + curve, "-pkeyopt ec_param_enc:named_curve"];
}
