using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>
/// A kind of attribute that a distinguished name may have: its short name as openssl spells it, its object
/// identifier, its string type and openssl's bounds (the <c>tbl_standard</c> table of OpenSSL's
/// <c>crypto/asn1/tbl_standard.h</c>, which follows the upper bounds of RFC 5280 appendix A).
/// </summary>
public sealed record AttributeType
{
    private AttributeType(string shortName, string oid, int maximumLength)
    {
        ShortName = shortName;
        Oid = oid;
        MaximumLength = maximumLength;
    }

    /// <summary>The spelling in a scenario, such as <c>CN</c>. Case matters, as in openssl.</summary>
    public string ShortName { get; }

    /// <summary>The object identifier in dotted form.</summary>
    public string Oid { get; }

    /// <summary>The ASN.1 string type that openssl writes for it.</summary>
    public NameStringType StringType { get; private init; } = NameStringType.Utf8;

    /// <summary>The smallest length in characters.</summary>
    public int MinimumLength { get; private init; } = 1;

    /// <summary>The largest length in characters.</summary>
    public int MaximumLength { get; }

    /// <summary>The common name.</summary>
    public static AttributeType CommonName { get; } = new("CN", "2.5.4.3", 64);

    /// <summary>Every attribute that a scenario may use.</summary>
    public static ImmutableArray<AttributeType> All { get; } =
    [
        new("C", "2.5.4.6", 2) { MinimumLength = 2, StringType = NameStringType.Printable },
        new("ST", "2.5.4.8", 128),
        new("L", "2.5.4.7", 128),
        new("O", "2.5.4.10", 64),
        new("OU", "2.5.4.11", 64),
        CommonName,
        new("DC", "0.9.2342.19200300.100.1.25", Unbounded) { StringType = NameStringType.Ia5 },
        new("UID", "0.9.2342.19200300.100.1.1", Unbounded),
        new("emailAddress", "1.2.840.113549.1.9.1", 128) { StringType = NameStringType.Ia5 },
        new("serialNumber", "2.5.4.5", 64) { StringType = NameStringType.Printable },
        new("SN", "2.5.4.4", 32768),
        new("GN", "2.5.4.42", 32768),
        new("initials", "2.5.4.43", 32768),
        new("title", "2.5.4.12", Unbounded),
        new("street", "2.5.4.9", Unbounded),
        new("postalCode", "2.5.4.17", Unbounded),
        new("organizationIdentifier", "2.5.4.97", Unbounded),
        new("dnQualifier", "2.5.4.46", Unbounded) { StringType = NameStringType.Printable },
        new("pseudonym", "2.5.4.65", Unbounded),
    ];

    private const int Unbounded = int.MaxValue;

    /// <summary>The attribute with this short name, or null. Case matters.</summary>
    public static AttributeType? Find(string shortName) =>
        All.FirstOrDefault(type => string.Equals(type.ShortName, shortName, StringComparison.Ordinal));

    /// <summary>The attribute with this object identifier, or null.</summary>
    public static AttributeType? FindByOid(string oid) =>
        All.FirstOrDefault(type => string.Equals(type.Oid, oid, StringComparison.Ordinal));
}
