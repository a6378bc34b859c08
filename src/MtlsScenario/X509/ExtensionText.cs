using System.Formats.Asn1;
using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.X509;

/// <summary>What an extension says, in the words of RFC 5280. The texts may hold control characters of a certificate's.</summary>
internal static class ExtensionText
{
    /// <summary>RFC 5280's name for an extension; the object identifier where it is not one of those.</summary>
    public static string Name(string oid) => oid switch
    {
        "2.5.29.9" => "subjectDirectoryAttributes",
        Oids.SubjectKeyIdentifier => "subjectKeyIdentifier",
        Oids.KeyUsage => "keyUsage",
        Oids.SubjectAltName => "subjectAltName",
        Oids.IssuerAltName => "issuerAltName",
        Oids.CrlNumber => "cRLNumber",
        "2.5.29.27" => "deltaCRLIndicator",
        "2.5.29.28" => "issuingDistributionPoint",
        Oids.BasicConstraints => "basicConstraints",
        Oids.NameConstraints => "nameConstraints",
        Oids.CrlDistributionPoints => "cRLDistributionPoints",
        "2.5.29.32" => "certificatePolicies",
        "2.5.29.33" => "policyMappings",
        Oids.AuthorityKeyIdentifier => "authorityKeyIdentifier",
        "2.5.29.36" => "policyConstraints",
        Oids.ExtendedKeyUsage => "extendedKeyUsage",
        "2.5.29.46" => "freshestCRL",
        "2.5.29.54" => "inhibitAnyPolicy",
        "1.3.6.1.5.5.7.1.1" => "authorityInfoAccess",
        "1.3.6.1.5.5.7.1.11" => "subjectInfoAccess",
        "1.3.6.1.5.5.7.1.24" => "tlsFeature",
        _ => oid,
    };

    /// <summary>What it says; of one that is not known here, or is damaged, its bytes.</summary>
    public static string Of(ParsedExtension extension) => Read(extension, static name => name.ToString());

    /// <summary>
    /// The names of a subjectAltName as a scenario's <c>names</c> may have them: the kind is said only where it would not
    /// be read from the name.
    /// </summary>
    public static string Names(ParsedExtension extension) => Read(extension, static name => name.ToShortString());

    private static string Read(ParsedExtension extension, Func<ParsedGeneralName, string> nameText)
    {
        try
        {
            var reader = new AsnReader(extension.Value, AsnEncodingRules.BER);
            string? text = extension.Oid switch
            {
                Oids.BasicConstraints => BasicConstraints(reader),
                Oids.KeyUsage => KeyUsage(reader),
                Oids.ExtendedKeyUsage => string.Join(", ", Purposes(reader)),
                Oids.SubjectKeyIdentifier => Convert.ToHexString(reader.ReadOctetString()),
                Oids.AuthorityKeyIdentifier => AuthorityKeyIdentifier(reader),
                Oids.SubjectAltName or Oids.IssuerAltName => string.Join(", ", ParsedGeneralName.ReadList(reader).Select(nameText)),
                Oids.NameConstraints => NameConstraints(reader),
                Oids.CrlDistributionPoints => CrlDistributionPoints(reader),
                Oids.CrlNumber => reader.ReadInteger().ToString(CultureInfo.InvariantCulture),
                _ => null,
            };
            reader.ThrowIfNotEmpty();
            return text ?? Hex(extension);
        }
        catch (AsnContentException)
        {
            return IsKnown(extension.Oid) ? "damaged: " + Hex(extension) : Hex(extension);
        }
    }

    private static bool IsKnown(string oid) => oid is Oids.BasicConstraints or Oids.KeyUsage or Oids.ExtendedKeyUsage
        or Oids.SubjectKeyIdentifier or Oids.AuthorityKeyIdentifier or Oids.SubjectAltName or Oids.NameConstraints
        or Oids.CrlDistributionPoints or Oids.CrlNumber;

    private static string Hex(ParsedExtension extension) => "hex:" + Convert.ToHexStringLower(extension.Value.Span);

    private static string BasicConstraints(AsnReader reader)
    {
        var constraints = X509.BasicConstraints.Read(reader);
        string text = constraints.IsCa ? "CA:TRUE" : "CA:FALSE";
        return constraints.PathLength is { } length
            ? string.Create(CultureInfo.InvariantCulture, $"{text}, pathLenConstraint {length}")
            : text;
    }

    private static string KeyUsage(AsnReader reader)
    {
        byte[] bits = reader.ReadBitString(out _);
        var names = new List<string>();
        for (int bit = 0; bit < bits.Length * 8; bit++)
        {
            if ((bits[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                names.Add(KeyUsageNames.OfBit(bit) ?? string.Create(CultureInfo.InvariantCulture, $"bit {bit}"));
            }
        }

        return names.Count == 0 ? "none" : string.Join(", ", names);
    }

    /// <summary>The purposes of an extendedKeyUsage.</summary>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static IEnumerable<KeyPurpose> Purposes(AsnReader reader)
    {
        AsnReader purposes = reader.ReadSequence();
        while (purposes.HasData)
        {
            yield return new KeyPurpose(purposes.ReadObjectIdentifier());
        }
    }

    private static string AuthorityKeyIdentifier(AsnReader reader)
    {
        AsnReader identifier = reader.ReadSequence();
        var parts = new List<string>();
        while (identifier.HasData)
        {
            Asn1Tag tag = identifier.PeekTag();
            parts.Add(tag.TagValue switch
            {
                0 => Convert.ToHexString(identifier.ReadOctetString(tag)),
                1 => "authorityCertIssuer " + string.Join(", ", ParsedGeneralName.ReadList(identifier, tag)),
                2 => "authorityCertSerialNumber " + identifier.ReadInteger(tag).ToString(CultureInfo.InvariantCulture),
                _ => throw new AsnContentException("There is something in the extension that RFC 5280 does not have."),
            });
        }

        return parts.Count == 0 ? "empty" : string.Join("; ", parts);
    }

    /// <summary>The names of the places; null where there is more than names.</summary>
    private static string? CrlDistributionPoints(AsnReader reader)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        var names = new List<string>();
        for (AsnReader points = reader.ReadSequence(); points.HasData;)
        {
            AsnReader point = points.ReadSequence();
            AsnReader? name = point.HasData && point.PeekTag() == tag ? point.ReadSequence(tag) : null;
            if (point.HasData || name is null || name.PeekTag() != tag)
            {
                return null;
            }

            names.AddRange(ParsedGeneralName.ReadList(name, tag).Select(general => general.ToString()));
        }

        return string.Join(", ", names);
    }

    private static string NameConstraints(AsnReader reader)
    {
        AsnReader constraints = reader.ReadSequence();
        var parts = new List<string>();
        while (constraints.HasData)
        {
            Asn1Tag tag = constraints.PeekTag();
            AsnReader subtrees = constraints.ReadSequence(tag);
            var names = new List<string>();
            while (subtrees.HasData)
            {
                AsnReader subtree = subtrees.ReadSequence();
                string text = ParsedGeneralName.ReadSubtree(subtree).ToString();
                names.Add(subtree.HasData ? text + " (with a minimum or maximum)" : text);
            }

            parts.Add($"{(tag.TagValue == 0 ? "permitted" : "excluded")} {string.Join(", ", names)}");
        }

        return string.Join("; ", parts);
    }
}
