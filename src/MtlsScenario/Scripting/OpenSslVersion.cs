using System.Globalization;
using System.Text.RegularExpressions;

namespace MtlsScenario.Scripting;

/// <summary>What <c>openssl version</c> says.</summary>
/// <param name="Product">The program: <c>OpenSSL</c>, or another that calls itself otherwise.</param>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number.</param>
/// <param name="Text">All of the version, such as <c>1.1.1w</c>.</param>
internal sealed partial record OpenSslVersion(string Product, int Major, int Minor, string Text)
{
    /// <summary>Whether scripts run with it: OpenSSL from 1.1.1 on.</summary>
    public bool IsSupported =>
        Product == "OpenSSL" && (Major > 1 || Text.StartsWith("1.1.1", StringComparison.Ordinal));

    /// <summary>Whether it can still write X.509 v1 certificates: from 3.2 on every route gives v3.</summary>
    public bool WritesVersion1 => IsSupported && (Major < 3 || (Major == 3 && Minor < 2));

    /// <summary>Whether it has ML-DSA keys: from 3.5 on.</summary>
    public bool HasMlDsa => IsSupported && (Major > 3 || (Major == 3 && Minor >= 5));

    /// <summary>Reads the line that <c>openssl version</c> prints; null where it is none.</summary>
    public static OpenSslVersion? TryParse(string line) =>
        Pattern().Match(line) is { Success: true } match
            ? new OpenSslVersion(
                match.Groups["product"].Value,
                int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture),
                int.Parse(match.Groups["minor"].Value, CultureInfo.InvariantCulture),
                match.Groups["version"].Value)
            : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Product} {Text}";

    [GeneratedRegex(
        @"^(?<product>[A-Za-z]+) (?<version>(?<major>[0-9]{1,4})\.(?<minor>[0-9]{1,4})[^\s]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
