using System.Globalization;
using System.Numerics;
using MtlsScenario.Model;

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
        _ => ["-algorithm RSA", $"-pkeyopt rsa_keygen_bits:{BareCommands.RsaBits(algorithm)}"],
    };

    /// <summary>The option of <c>req</c> and <c>x509</c> that names the digest of a signature.</summary>
    public static string Digest(DigestAlgorithm digest) => "-" + KeyNames.Of(digest);

    /// <summary>Whether a signature by such a key has a digest; one that is not known is taken to have one.</summary>
    public static bool TakesDigest(KeyAlgorithm? key) => key != KeyAlgorithm.Ed25519;

    /// <summary>A serial number as openssl reads it: hexadecimal, with an even number of digits.</summary>
    public static string Hex(BigInteger value)
    {
        string digits = value.ToString("X", CultureInfo.InvariantCulture).TrimStart('0');
        return digits.Length % 2 == 0 ? digits : "0" + digits;
    }

    /// <summary>An instant as <c>openssl ca</c> takes it.</summary>
    public static string Date(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Curve(string curve) =>
        ["-algorithm EC", "-pkeyopt ec_paramgen_curve:" + curve, "-pkeyopt ec_param_enc:named_curve"];
}
