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
    internal NameStringType StringType { get; private init; } = NameStringType.Utf8;

    /// <summary>The smallest length in characters.</summary>
    internal int MinimumLength { get; private init; } = 1;

    /// <summary>The largest length in characters.</summary>
    internal int MaximumLength { get; }

    /// <summary>The country (<c>C</c>).</summary>
    public static AttributeType Country { get; } = new("C", "2.5.4.6", 2) { MinimumLength = 2, StringType = NameStringType.Printable };

    /// <summary>The state or province (<c>ST</c>).</summary>
    public static AttributeType StateOrProvince { get; } = new("ST", "2.5.4.8", 128);

    /// <summary>The locality (<c>L</c>).</summary>
    public static AttributeType Locality { get; } = new("L", "2.5.4.7", 128);

    /// <summary>The organization (<c>O</c>).</summary>
    public static AttributeType Organization { get; } = new("O", "2.5.4.10", 64);

    /// <summary>The organizational unit (<c>OU</c>).</summary>
    public static AttributeType OrganizationalUnit { get; } = new("OU", "2.5.4.11", 64);

    /// <summary>The common name (<c>CN</c>).</summary>
    public static AttributeType CommonName { get; } = new("CN", "2.5.4.3", 64);

    /// <summary>The domain component (<c>DC</c>).</summary>
    public static AttributeType DomainComponent { get; } = new("DC", "0.9.2342.19200300.100.1.25", Unbounded) { StringType = NameStringType.Ia5 };

    /// <summary>The user identifier (<c>UID</c>).</summary>
    public static AttributeType UserId { get; } = new("UID", "0.9.2342.19200300.100.1.1", Unbounded);

    /// <summary>The e-mail address (<c>emailAddress</c>).</summary>
    public static AttributeType EmailAddress { get; } = new("emailAddress", "1.2.840.113549.1.9.1", 128) { StringType = NameStringType.Ia5 };

    /// <summary>The serial number of a device or a person (<c>serialNumber</c>).</summary>
    public static AttributeType SerialNumber { get; } = new("serialNumber", "2.5.4.5", 64) { StringType = NameStringType.Printable };

    /// <summary>The surname (<c>SN</c>).</summary>
    public static AttributeType Surname { get; } = new("SN", "2.5.4.4", 32768);

    /// <summary>The given name (<c>GN</c>).</summary>
    public static AttributeType GivenName { get; } = new("GN", "2.5.4.42", 32768);

    /// <summary>The initials (<c>initials</c>).</summary>
    public static AttributeType Initials { get; } = new("initials", "2.5.4.43", 32768);

    /// <summary>The title (<c>title</c>).</summary>
    public static AttributeType Title { get; } = new("title", "2.5.4.12", Unbounded);

    /// <summary>The street address (<c>street</c>).</summary>
    public static AttributeType Street { get; } = new("street", "2.5.4.9", Unbounded);

    /// <summary>The postal code (<c>postalCode</c>).</summary>
    public static AttributeType PostalCode { get; } = new("postalCode", "2.5.4.17", Unbounded);

    /// <summary>The organization identifier (<c>organizationIdentifier</c>).</summary>
    public static AttributeType OrganizationIdentifier { get; } = new("organizationIdentifier", "2.5.4.97", Unbounded);

    /// <summary>The qualifier that tells equal names apart (<c>dnQualifier</c>).</summary>
    public static AttributeType DnQualifier { get; } = new("dnQualifier", "2.5.4.46", Unbounded) { StringType = NameStringType.Printable };

    /// <summary>The pseudonym (<c>pseudonym</c>).</summary>
    public static AttributeType Pseudonym { get; } = new("pseudonym", "2.5.4.65", Unbounded);

    /// <summary>Every attribute that a scenario may use.</summary>
    internal static ImmutableArray<AttributeType> All { get; } =
    [
        Country, StateOrProvince, Locality, Organization, OrganizationalUnit, CommonName, DomainComponent, UserId,
        EmailAddress, SerialNumber, Surname, GivenName, Initials, Title, Street, PostalCode, OrganizationIdentifier,
        DnQualifier, Pseudonym,
    ];

    private const int Unbounded = int.MaxValue;

    /// <summary>The attribute with this short name, or null. Case matters.</summary>
    internal static AttributeType? Find(string shortName) =>
        All.FirstOrDefault(type => string.Equals(type.ShortName, shortName, StringComparison.Ordinal));

    /// <summary>The attribute with this object identifier, or null.</summary>
    internal static AttributeType? FindByOid(string oid) =>
        All.FirstOrDefault(type => string.Equals(type.Oid, oid, StringComparison.Ordinal));
}
