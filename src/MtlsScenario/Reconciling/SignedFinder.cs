using MtlsScenario.Files;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Tells whether anything is there that an authority's key has signed, now that the key is not.</summary>
internal sealed class SignedFinder(Plan plan, FolderReader reader, FolderKeys keys) : IDisposable
{
    /// <summary>In place of the name of an authority of which the scenario says none.</summary>
    private const string Unknown = "";

    private readonly ILookup<string, PlannedCertificate> _namesakes = plan.Certificates
        .Where(certificate => certificate.IsAuthority)
        .ToLookup(
            certificate => certificate.Template is { } template ? Convert.ToHexString(NameEncoder.Encode(template.Subject)) : Unknown,
            StringComparer.Ordinal);

    private readonly Dictionary<string, List<(string Path, ParsedCertificate Certificate)>> _read = new(StringComparer.Ordinal);
    private readonly IEnumerator<(string Path, ParsedCertificate Certificate)> _unread = All(plan, reader).GetEnumerator();

    /// <summary>The path of a certificate that needs the missing key of that authority; null where there is none.</summary>
    /// <param name="authority">An authority whose key is missing.</param>
    public string? By(PlannedCertificate authority)
    {
        // Its own certificate speaks of a key that was there, whoever signed it.
        if (!reader.Read(authority.Files.Certificate).IsMissing)
        {
            return authority.Files.Certificate;
        }

        string name = Convert.ToHexString(NameEncoder.Encode(authority.Template!.Subject));
        foreach ((string path, ParsedCertificate found) in IssuedIn(name))
        {
            if (!IsSignedByAnother(found, authority, name))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>Whether a certificate was signed by a key, or is for it.</summary>
    /// <param name="path">The certificate.</param>
    /// <param name="subjectPublicKeyInfo">The key, DER.</param>
    public bool IsOf(string path, ReadOnlyMemory<byte> subjectPublicKeyInfo) =>
        reader.Certificate(path) is { } found
        && (found.SubjectPublicKeyInfo.Span.SequenceEqual(subjectPublicKeyInfo.Span) || found.IsSignedBy(subjectPublicKeyInfo));

    /// <inheritdoc/>
    public void Dispose() => _unread.Dispose();

    /// <summary>The certificates with that name for their issuer's: those that were read for others before, then as far as is asked.</summary>
    private IEnumerable<(string Path, ParsedCertificate Certificate)> IssuedIn(string name)
    {
        for (int index = 0; ; index++)
        {
            while ((_read.GetValueOrDefault(name)?.Count ?? 0) <= index)
            {
                if (!_unread.MoveNext())
                {
                    yield break;
                }

                string issuer = Convert.ToHexString(_unread.Current.Certificate.Issuer.Der.Span);
                if (!_read.TryGetValue(issuer, out List<(string Path, ParsedCertificate Certificate)>? read))
                {
                    _read.Add(issuer, read = []);
                }

                read.Add(_unread.Current);
            }

            yield return _read[name][index];
        }
    }

    private static IEnumerable<(string Path, ParsedCertificate Certificate)> All(Plan plan, FolderReader reader)
    {
        foreach (PlannedMember member in plan.Certificates.SelectMany(certificate => certificate.Members))
        {
            if (reader.Certificate(member.CertificateFile) is { } found)
            {
                yield return (member.CertificateFile, found);
            }
        }
    }

    /// <summary>Two authorities may have one name; what the other one signed is not this one's.</summary>
    private bool IsSignedByAnother(ParsedCertificate found, PlannedCertificate authority, string name) =>
        _namesakes[name].Concat(_namesakes[Unknown]).Any(other =>
            other.Stem != authority.Stem
            && keys.Read(other.Files.Key) is KeyOnDisk.Present { SubjectPublicKeyInfo: { IsEmpty: false } key }
            && found.IsSignedBy(key));
}
