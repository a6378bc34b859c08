using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>The sections in which openssl is told a subject and extensions, all of them spelled out.</summary>
/// <param name="file">Where they go.</param>
/// <param name="isFleet">Whether <c>{n}</c> stands for the number of a replica.</param>
internal sealed class ConfigSections(OpenSslConfig file, bool isFleet)
{
    /// <summary>The section that names the subject.</summary>
    public const string Subject = "subject";

    /// <summary>The section that lists the extensions.</summary>
    public const string Extensions = "extensions";

    private const string Names = "names";
    private const string Constraints = "constraints";
    private const string Distribution = "distribution";

    /// <summary>The section of <c>openssl req</c>, without a question asked.</summary>
    /// <param name="further">What else stands in it.</param>
    public void WriteRequest(params ReadOnlySpan<(string Name, string Value)> further)
    {
        file.Section("req");
        file.Set("prompt", "no");
        file.Set("utf8", "yes");
        file.Set("string_mask", "utf8only");
        file.Set("distinguished_name", Subject);
        foreach ((string name, string value) in further)
        {
            file.Set(name, value);
        }
    }

    /// <summary>
    /// The subject: one attribute a line, numbered where that is needed to tell them apart, a <c>+</c> where it joins the
    /// one above.
    /// </summary>
    public void WriteSubject(DistinguishedName subject)
    {
        file.Section(Subject);
        int number = 1;
        ImmutableArray<AttributeTypeAndValue> attributes = [.. subject.RelativeNames.SelectMany(name => name.Attributes)];
        bool isNumbered = attributes.Length > subject.RelativeNames.Length
            || attributes.DistinctBy(attribute => attribute.Type).Count() < attributes.Length;
        foreach (RelativeDistinguishedName relative in subject.RelativeNames)
        {
            string joint = "";
            foreach (AttributeTypeAndValue attribute in relative.Attributes)
            {
                string prefix = isNumbered ? string.Create(CultureInfo.InvariantCulture, $"{number++}.{joint}") : "";
                file.Set(prefix + attribute.Type.ShortName, ConfigValue.Of(attribute.Value, isFleet));
                joint = "+";
            }
        }
    }

    /// <summary>The extensions in their order, and the sections that they refer to.</summary>
    /// <param name="extensions">The extensions.</param>
    /// <param name="authorityKeyIdentifier">The shell commands that write that extension; null for the plain line.</param>
    public void WriteExtensions(ImmutableArray<PlannedExtension> extensions, string[]? authorityKeyIdentifier = null)
    {
        file.Section(Extensions);
        foreach (PlannedExtension extension in extensions)
        {
            if (extension is PlannedExtension.AuthorityKeyIdentifier && authorityKeyIdentifier is not null)
            {
                file.Commands(authorityKeyIdentifier);
                continue;
            }

            (string name, string value) = Describe(extension);
            file.Set(name, extension.IsCritical ? "critical, " + value : value);
        }

        foreach (PlannedExtension extension in extensions)
        {
            WriteReferred(extension);
        }
    }

    private static (string Name, string Value) Describe(PlannedExtension extension) => extension switch
    {
        PlannedExtension.BasicConstraints { PathLength: { } length } basic =>
            ("basicConstraints", string.Create(CultureInfo.InvariantCulture, $"CA:{Truth(basic.IsCa)}, pathlen:{length}")),
        PlannedExtension.BasicConstraints basic => ("basicConstraints", $"CA:{Truth(basic.IsCa)}"),
        PlannedExtension.KeyUsage usage => ("keyUsage", string.Join(", ", KeyUsageNames.Of(usage.Usages))),
        PlannedExtension.ExtendedKeyUsage usage => ("extendedKeyUsage", string.Join(", ", usage.Purposes)),
        PlannedExtension.SubjectKeyIdentifier => ("subjectKeyIdentifier", "hash"),
        PlannedExtension.AuthorityKeyIdentifier => ("authorityKeyIdentifier", "keyid:always"),
        PlannedExtension.SubjectAlternativeName => ("subjectAltName", "@" + Names),
        PlannedExtension.NameConstraintsExtension => ("nameConstraints", "@" + Constraints),
        PlannedExtension.CrlDistributionPoint => ("crlDistributionPoints", "@" + Distribution),
        PlannedExtension.Custom custom => (custom.Oid, "DER:" + Convert.ToHexStringLower(custom.Value.AsSpan())),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Truth(bool value) => value ? "TRUE" : "FALSE";

    private void WriteReferred(PlannedExtension extension)
    {
        // One value a line: a list on one line would let a comma begin another name.
        int number = 1;
        switch (extension)
        {
            case PlannedExtension.SubjectAlternativeName names:
                file.Section(Names);
                foreach (GeneralName name in names.Names)
                {
                    file.Set(Numbered(name.Kind, number++), ConfigValue.Of(name.Value, isFleet));
                }

                break;
            case PlannedExtension.CrlDistributionPoint point:
                file.Section(Distribution);
                file.Set(Numbered(GeneralNameKind.Uri, number), ConfigValue.Of(point.Url, isFleet: false));
                break;
            case PlannedExtension.NameConstraintsExtension { Constraints: var constraints }:
                file.Section(Constraints);
                foreach ((string list, ImmutableArray<GeneralSubtree> subtrees) in
                    new[] { ("permitted", constraints.Permitted), ("excluded", constraints.Excluded) })
                {
                    foreach (GeneralSubtree subtree in subtrees)
                    {
                        string value = subtree.Kind == GeneralNameKind.IpAddress
                            ? AddressAndMask(subtree.Base)
                            : ConfigValue.Of(subtree.Base, isFleet: false);
                        file.Set($"{list};{Numbered(subtree.Kind, number++)}", value);
                    }
                }

                break;
        }
    }

    private static string Numbered(GeneralNameKind kind, int number)
    {
        string name = kind switch
        {
            GeneralNameKind.Dns => "DNS",
            GeneralNameKind.IpAddress => "IP",
            GeneralNameKind.Email => "email",
            GeneralNameKind.Uri => "URI",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{name}.{number}");
    }

    /// <summary>A range in CIDR form as openssl reads it: the address, a slash and the mask.</summary>
    private static string AddressAndMask(string range)
    {
        (byte[] address, byte[] mask) = AddressRange.Read(range);
        return $"{Spelled(address)}/{Spelled(mask)}";
    }

    /// <summary>All groups written out: an address in the short form of IPv6 is not one that openssl takes as a mask.</summary>
    private static string Spelled(byte[] address) => address.Length == 4
        ? string.Join('.', address)
        : string.Join(':', address.Chunk(2).Select(pair => ((pair[0] << 8) | pair[1]).ToString("x", CultureInfo.InvariantCulture)));
}
