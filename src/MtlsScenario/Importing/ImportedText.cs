using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Globalization;
using System.Net;
using System.Text;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Syntax;
using MtlsScenario.X509;

namespace MtlsScenario.Importing;

/// <summary>Writes what was imported as a scenario.</summary>
/// <param name="name">Its name.</param>
/// <param name="source">The folder, as the user called it.</param>
/// <param name="authorities">The authorities.</param>
/// <param name="parties">The parties' certificates, those of one party one after the other.</param>
internal sealed class ImportedText(string name, string source, IReadOnlyList<ImportedCertificate> authorities, IReadOnlyList<ImportedCertificate> parties)
{
    private const int FirstPort = 3000;

    /// <summary>What is added by hand elsewhere, and said here by its own key.</summary>
    private static readonly ImmutableHashSet<string> _said =
        [Oids.BasicConstraints, Oids.KeyUsage, Oids.ExtendedKeyUsage, Oids.SubjectKeyIdentifier, Oids.AuthorityKeyIdentifier, Oids.SubjectAltName];

    /// <summary>The scenario.</summary>
    /// <param name="adopted">The stems of the certificates that are taken as they are.</param>
    /// <param name="connections">The connections, as a scenario writes them; a line that begins with # stays a comment.</param>
    public string Write(IReadOnlySet<string> adopted, IEnumerable<string> connections)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Imported from {VisibleText.Of(source)}. Where it listens cannot be known: look for TODO.\nname: {name}\ndefaults: {{ request: false }}\n\nauthorities:\n");
        foreach (ImportedCertificate authority in authorities)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {authority.Name}:\n");
            Append(text, authority, adopted, "    ");
        }

        text.Append(parties.Count == 0 ? "" : "\nparties:\n");
        int port = FirstPort;
        foreach (IGrouping<string, ImportedCertificate> party in parties.GroupBy(one => one.Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {party.Key}:\n");
            foreach (ImportedCertificate certificate in party)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {Planning.FileNames.RoleName(certificate.Role!.Value)}:\n");
                Append(text, certificate, adopted, "      ");
                if (certificate.Trusts is { } trusts)
                {
                    text.Append(CultureInfo.InvariantCulture, $"      trusts: [{string.Join(", ", trusts)}]\n");
                }

                if (certificate.Role != Role.Client)
                {
                    text.Append(CultureInfo.InvariantCulture, $"      listen: localhost:{port++} # TODO\n");
                }
            }
        }

        string[] lines = [.. connections];
        text.Append(lines.Length == 0 ? "" : lines.All(line => line.StartsWith('#')) ? "\nconnections: []\n" : "\nconnections:\n");
        foreach (string line in lines)
        {
            text.Append("  ").Append(line.StartsWith('#') ? line : $"- {line}").Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The purposes that a certificate names, by their names; none where it does not say.</summary>
    public static string[] Purposes(ParsedCertificate certificate) =>
        certificate.Find(Oids.ExtendedKeyUsage) is { } extension ? ExtensionText.Of(extension).Split(", ") : [];

    /// <summary>The hosts that a certificate is for: names without a wildcard, or a CN that is a host's.</summary>
    public static IEnumerable<string> Hosts(ParsedCertificate certificate)
    {
        string[] names = [.. Names(certificate).Where(general => general is { Value.Length: > 0, Kind: "dns" or "ip" } && !general.Value.Contains('*', StringComparison.Ordinal)).Select(general => general.Value)];
        return names.Length > 0 ? names : certificate.Subject.CommonNames.Where(common =>
            common == "localhost" || IPAddress.TryParse(common, out _) || (common.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(common) == UriHostNameType.Dns));
    }

    private static void Append(StringBuilder text, ImportedCertificate imported, IReadOnlySet<string> adopted, string indent)
    {
        foreach ((string key, string? value) in Entries(imported, adopted.Contains(imported.Stem)))
        {
            if (value is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"{indent}{key}: {value}\n");
            }
        }
    }

    private static IEnumerable<(string Key, string? Value)> Entries(ImportedCertificate imported, bool isAdopted)
    {
        ParsedCertificate certificate = imported.Certificate;
        bool isKnown = certificate.KeyDescription.Algorithm is not null;
        yield return ("external", imported.IsExternal ? "true" : null);
        yield return ("subject", imported.IsExternal ? null : Subject(certificate));
        yield return ("issuer", imported.Issuer);
        yield return ("key", certificate.KeyDescription.Algorithm is { } key ? KeyNames.Of(key) : null);
        if (!imported.IsExternal && isKnown)
        {
            foreach ((string Key, string? Value) entry in Form(imported))
            {
                yield return entry;
            }
        }

        yield return ("adopted", isAdopted ? certificate.Fingerprint.ToLowerInvariant() : null);
        CertificatePlaces places = imported.Places;
        (string, string?)[] files = [("crt", places.Certificate), ("key", places.Key), ("chain", places.Chain), ("trust", places.Trust)];
        string[] own = [imported.Stem + ".crt", imported.Stem + ".key", imported.Stem + ".chain.crt", imported.Stem + ".trust.crt"];
        string said = string.Join(", ", files.Where((file, index) => file.Item2 is not null && file.Item2 != own[index]).Select(file => $"{file.Item1}: {NodeText.Scalar(file.Item2!)}"));
        yield return ("files", said.Length == 0 ? null : $"{{ {said} }}");
    }

    /// <summary>What a new one is to be like, as far as that is not what the role calls for.</summary>
    private static IEnumerable<(string Key, string? Value)> Form(ImportedCertificate imported)
    {
        ParsedCertificate certificate = imported.Certificate;
        string hash = certificate.SignatureAlgorithm.Hash.Name ?? "";
        yield return ("digest", hash is "SHA384" or "SHA512" ? hash.ToLowerInvariant() : null);
        yield return ("lifetime", certificate.NotAfter > certificate.NotBefore ? TimeText.Of(certificate.NotAfter - certificate.NotBefore) : null);
        string[] names = [.. Names(certificate).Where(general => general is { Value.Length: > 0, Kind: "dns" or "ip" or "email" or "uri" }).Select(general => NodeText.Scalar(general.ToString()))];
        yield return ("names", certificate.Version == 3 && (names.Length > 0 || imported.Role is Role.Server or Role.Peer) ? $"[{string.Join(", ", names)}]" : null);
        string usage = certificate.Find(Oids.KeyUsage) is { } found ? ExtensionText.Of(found) : "";
        string usual = imported.Role is null ? "keyCertSign, cRLSign" : certificate.KeyDescription.Algorithm!.Value.IsRsa() ? "digitalSignature, keyEncipherment" : "digitalSignature";
        yield return ("keyUsage", certificate.Version == 1 || usage == usual || usage.StartsWith("damaged", StringComparison.Ordinal) ? null : $"[{usage}]");
        string purposes = string.Join(", ", Purposes(certificate));
        string role = imported.Role switch { null => "", Role.Server => "serverAuth", Role.Client => "clientAuth", _ => "serverAuth, clientAuth" };
        yield return ("extendedKeyUsage", certificate.Version == 1 || purposes == role || (imported.Role == Role.Peer && purposes == "clientAuth, serverAuth") ? null : $"[{purposes}]");
        yield return ("pathLength", imported.Role is null ? PathLength(certificate) : null);
        string further = string.Join(", ", certificate.Extensions.Where(extension => !_said.Contains(extension.Oid)).DistinctBy(extension => extension.Oid)
            .Select(extension => $"{{ oid: {extension.Oid}, critical: {(extension.IsCritical ? "true" : "false")}, value: \"hex:{Convert.ToHexStringLower(extension.Value.Span)}\" }}"));
        yield return ("extensions", further.Length == 0 ? null : $"[{further}]");
    }

    private static string? PathLength(ParsedCertificate certificate)
    {
        try
        {
            return certificate.Find(Oids.BasicConstraints) is { } extension
                ? BasicConstraints.Read(new AsnReader(extension.Value, AsnEncodingRules.BER)).PathLength?.ToString(CultureInfo.InvariantCulture)
                : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static ImmutableArray<ParsedGeneralName> Names(ParsedCertificate certificate)
    {
        try
        {
            return certificate.Find(Oids.SubjectAltName) is { } extension ? ParsedGeneralName.ReadList(new AsnReader(extension.Value, AsnEncodingRules.BER)) : [];
        }
        catch (AsnContentException)
        {
            return [];
        }
    }

    /// <summary>The subject, one RDN an item; of an attribute that the format does not have nothing. An empty one gets the first name.</summary>
    private static string Subject(ParsedCertificate certificate)
    {
        string[] parts =
        [
            .. from relative in certificate.Subject.RelativeNames
               let attributes = relative.Select(attribute => (AttributeType.FindByOid(attribute.Oid)?.ShortName, attribute.Value)).Where(pair => pair.ShortName is not null && !pair.Value.StartsWith('#')).ToArray()
               where attributes.Length > 0
               select $"{{ {string.Join(", ", attributes.Select(pair => $"{pair.ShortName}: {NodeText.Scalar(pair.Value)}"))} }}",
        ];
        return parts.Length > 0 ? $"[{string.Join(", ", parts)}]" : $"{{ CN: {NodeText.Scalar(Hosts(certificate).FirstOrDefault() ?? "imported")} }}";
    }
}
