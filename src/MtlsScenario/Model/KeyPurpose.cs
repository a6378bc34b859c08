using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>A purpose in the extendedKeyUsage extension (KeyPurposeId, RFC 5280 section 4.2.1.12).</summary>
/// <param name="Oid">Its object identifier in dotted form.</param>
public sealed record KeyPurpose(string Oid)
{
    /// <summary>Of a TLS server's certificate.</summary>
    public static KeyPurpose ServerAuth { get; } = new("1.3.6.1.5.5.7.3.1");

    /// <summary>Of a TLS client's certificate.</summary>
    public static KeyPurpose ClientAuth { get; } = new("1.3.6.1.5.5.7.3.2");

    /// <summary>Of a certificate that may be used for whatever there is.</summary>
    internal static KeyPurpose Any { get; } = new("2.5.29.37.0");

    /// <summary>The purposes that RFC 5280 names, by that name.</summary>
    internal static ImmutableArray<(string Name, KeyPurpose Purpose)> Named { get; } =
    [
        ("serverAuth", ServerAuth),
        ("clientAuth", ClientAuth),
        ("codeSigning", new("1.3.6.1.5.5.7.3.3")),
        ("emailProtection", new("1.3.6.1.5.5.7.3.4")),
        ("timeStamping", new("1.3.6.1.5.5.7.3.8")),
        ("OCSPSigning", new("1.3.6.1.5.5.7.3.9")),
        ("anyExtendedKeyUsage", Any),
    ];

    /// <summary>RFC 5280's name for it or, where it has none, the object identifier.</summary>
    public override string ToString()
    {
        string? name = Named.FirstOrDefault(named => named.Purpose == this).Name;
        return name ?? Oid;
    }
}
