using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>What the bits of keyUsage are called.</summary>
internal static class KeyUsageNames
{
    /// <summary>All names, in the order of the bits. The second bit has a newer name in X.509, which is read and never written.</summary>
    public static ImmutableArray<(string Name, KeyUsages Usage)> All { get; } =
    [
        ("digitalSignature", KeyUsages.DigitalSignature),
        ("nonRepudiation", KeyUsages.NonRepudiation),
        ("contentCommitment", KeyUsages.NonRepudiation),
        ("keyEncipherment", KeyUsages.KeyEncipherment),
        ("dataEncipherment", KeyUsages.DataEncipherment),
        ("keyAgreement", KeyUsages.KeyAgreement),
        ("keyCertSign", KeyUsages.KeyCertSign),
        ("cRLSign", KeyUsages.CrlSign),
        ("encipherOnly", KeyUsages.EncipherOnly),
        ("decipherOnly", KeyUsages.DecipherOnly),
    ];

    private static readonly ImmutableArray<(string Name, KeyUsages Usage)> _written = [.. All.DistinctBy(named => named.Usage)];

    /// <summary>The names of those that are set, in the order of the bits.</summary>
    public static IEnumerable<string> Of(KeyUsages usages) => _written.Where(named => usages.HasFlag(named.Usage)).Select(named => named.Name);

    /// <summary>The name of a bit of the extension; null beyond RFC 5280's.</summary>
    /// <param name="bit">From 0.</param>
    public static string? OfBit(int bit) => _written.ElementAtOrDefault(bit).Name;
}
