using System.Collections.Immutable;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>The CRLs that are in files, each once, and who is on them.</summary>
internal sealed class FoundCrls
{
    private readonly List<(ParsedCrl Crl, CrlHistory Entries, List<string> Files)> _lists = [];
    private readonly Dictionary<string, int> _sizes = new(StringComparer.Ordinal);

    /// <summary>Takes the CRLs of a file.</summary>
    /// <returns>False where one of them cannot be read.</returns>
    public bool Add(string path, ReadOnlyMemory<byte> file)
    {
        ParsedCrl?[] found = [.. ParsedCrl.ReadAll(file)];
        foreach (ParsedCrl crl in found.OfType<ParsedCrl>())
        {
            _sizes[path] = _sizes.GetValueOrDefault(path) + 1;
            List<string>? files = _lists.Find(list => list.Crl.Der.Span.SequenceEqual(crl.Der.Span)).Files;
            if (files is null)
            {
                _lists.Add((crl, new CrlHistory([crl]), [path]));
            }
            else if (!files.Contains(path))
            {
                files.Add(path);
            }
        }

        return !found.Contains(null);
    }

    /// <summary>What they say; each is named by the file that it has for itself, where there is one.</summary>
    /// <param name="describer">Says it.</param>
    /// <param name="certificates">The certificates that may be on them.</param>
    public ImmutableArray<CrlDescription> Describe(CertificateDescriber describer, IEnumerable<(string Stem, ParsedCertificate Certificate)> certificates)
    {
        if (_lists.Count == 0)
        {
            return [];
        }

        ILookup<string, string> stems = certificates.ToLookup(pair => Key(pair.Certificate.Issuer, pair.Certificate.SerialBytes), pair => pair.Stem, StringComparer.Ordinal);
        return
        [
            .. _lists
                .Select(list => describer.Describe(list.Crl, FilesOf(list, describer), (issuer, serial) => stems[Key(issuer, serial)].FirstOrDefault()))
                .OrderBy(crl => crl.File, StringComparer.Ordinal).ThenBy(crl => crl.Issuer, StringComparer.Ordinal),
        ];
    }

    /// <summary>That a certificate is on a CRL by the key that signed it, or by the same stranger; null where it is on none.</summary>
    /// <param name="describer">Knows the authorities.</param>
    /// <param name="certificate">The certificate.</param>
    public string? Revoked(CertificateDescriber describer, ParsedCertificate certificate) => _lists
        .Where(list => list.Crl.Issuer.Equals(certificate.Issuer))
        .Select(list => list.Entries.Find(certificate.SerialBytes) is { } entry && describer.SignerOf(list.Crl) == describer.IssuerOf(certificate)
            ? $"{PlanText.Revoked(entry)} ({FilesOf(list, describer)[0]})"
            : null)
        .FirstOrDefault(text => text is not null);

    /// <summary>Its files, first the one that is called as its authority, or else has the fewest lists.</summary>
    private ImmutableArray<string> FilesOf((ParsedCrl Crl, CrlHistory Entries, List<string> Files) list, CertificateDescriber describer)
    {
        string? own = describer.SignerOf(list.Crl)?.Stem;
        return [.. list.Files.OrderBy(file => Path.ChangeExtension(file, null) != own).ThenBy(file => _sizes[file]).ThenBy(file => file, StringComparer.Ordinal)];
    }

    private static string Key(ParsedName issuer, ReadOnlyMemory<byte> serial) => $"{Convert.ToHexString(issuer.Der.Span)} {Convert.ToHexString(serial.Span)}";
}
