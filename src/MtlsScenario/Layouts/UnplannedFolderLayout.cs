using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Planning;
using MtlsScenario.Stores;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>
/// The layout of files of which there is no scenario, whoever made them.
/// </summary>
internal sealed class UnplannedFolderLayout
{
    private const int DeepestFolder = 4;

    private readonly FolderReader _reader;
    private readonly FileRecognizer _files;

    private UnplannedFolderLayout(FolderReader reader, ImmutableArray<Password> passwords)
    {
        (_reader, _files) = (reader, new FileRecognizer(passwords.IsDefault ? [] : passwords));
    }

    /// <summary>The layout of all files of a folder and of the folders in it.</summary>
    /// <param name="reader">The folder.</param>
    /// <param name="passwords">What may open stores and encrypted keys.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static Layout OfFolder(
        FolderReader reader, ImmutableArray<Password> passwords = default, CancellationToken cancellationToken = default)
    {
        var layout = new UnplannedFolderLayout(reader, passwords);
        layout.AddFolder("", depth: 0, cancellationToken);
        return layout.Complete();
    }

    /// <summary>The layout of one file.</summary>
    /// <param name="reader">Its folder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="passwords">What may open it.</param>
    /// <param name="isClosed">Whether none of them does.</param>
    public static Layout OfFile(FolderReader reader, string name, ImmutableArray<Password> passwords, out bool isClosed)
    {
        var layout = new UnplannedFolderLayout(reader, passwords);
        layout._files.Add(name, reader.Read(name));
        isClosed = layout._files.IsClosed;
        return layout.Complete();
    }

    /// <summary>The layout of certificates that are in no file.</summary>
    /// <param name="chain">The certificates, DER, leaf first.</param>
    /// <param name="name">What they are called by; a number follows.</param>
    public static Layout OfChain(IEnumerable<ReadOnlyMemory<byte>> chain, string name)
    {
        KnownAuthority[] known =
        [
            .. chain.Select((der, index) => ParsedCertificate.TryParse(der, out ParsedCertificate? certificate) ? new KnownAuthority($"{name} #{index + 1}", certificate) : null)
                .OfType<KnownAuthority>(),
        ];
        try
        {
            var describer = new CertificateDescriber(known);
            return new Layout(null, null, [.. known.Select(one => new CertificateEntry { Stem = one.Stem, Part = PartOf(one.Certificate), Content = describer.Describe(one.Certificate) })], []);
        }
        finally
        {
            Array.ForEach(known, one => one.Dispose());
        }
    }

    private void AddFolder(string folder, int depth, CancellationToken cancellationToken)
    {
        if (_reader.FolderFault(folder) is { } fault)
        {
            _files.Others.Add($"{folder}: {fault}");
            return;
        }

        foreach (string name in _reader.Names(folder).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string path = folder + name;
            if (!name.EndsWith('/'))
            {
                _files.Add(path, _reader.Read(path));
            }
            else if (depth < DeepestFolder && !name.StartsWith('.') && !_reader.IsLink(path))
            {
                AddFolder(path, depth + 1, cancellationToken);
            }
            else
            {
                _files.Others.Add(path);
            }
        }
    }

    private Layout Complete()
    {
        // Bundles come before the files that they were made of where the names sort so; the own file gives the name.
        var authorities = new List<KnownAuthority>();
        try
        {
            authorities.AddRange(_files.Certificates.Select(found => new KnownAuthority(StemOf(found), found.Certificate)));
            var describer = new CertificateDescriber(authorities);
            ILookup<string, (FileEntry File, string? Note, ReadOnlyMemory<byte> PublicKey)> keys =
                _files.Keys.ToLookup(key => Convert.ToHexString(key.PublicKey.Span), StringComparer.Ordinal);
            HashSet<string> certified = [.. _files.Certificates.Select(found => KeyOf(found.Certificate))];
            ImmutableArray<CertificateEntry> entries =
            [
                .. _files.Certificates.Select(found => Entry(found, describer, keys[KeyOf(found.Certificate)])).OrderBy(entry => entry.Stem, StringComparer.Ordinal),
            ];
            IEnumerable<string> unmatched = _files.Keys
                .Where(key => !certified.Contains(Convert.ToHexString(key.PublicKey.Span)))
                .Select(key => key.File)
                .Concat(_files.Requests)
                .Select(file => file.Note is null ? $"{file.Path}: {file.KindText}" : $"{file.Path}: {file.KindText}, {file.Note}");
            return new Layout(
                null, null, entries, [.. unmatched.Concat(_files.Others).Order(StringComparer.Ordinal)])
            {
                Crls = _files.Crls.Describe(describer, _files.Certificates.Select(found => (StemOf(found), found.Certificate))),
            };
        }
        finally
        {
            foreach (KnownAuthority authority in authorities)
            {
                authority.Dispose();
            }
        }
    }

    private CertificateEntry Entry(FileRecognizer.FoundCertificate found, CertificateDescriber describer, IEnumerable<(FileEntry File, string? Note, ReadOnlyMemory<byte> PublicKey)> keys) => new()
    {
        Stem = StemOf(found),
        Part = PartOf(found.Certificate),
        Content = describer.Describe(found.Certificate),
        Revoked = _files.Crls.Revoked(describer, found.Certificate),
        Files =
        [
            .. keys.Select(key => key.File with { Note = key.Note }),
            .. found.Files,
        ],
    };

    /// <summary>The public half, which is never empty, as it is of a key that cannot be read.</summary>
    private static string KeyOf(ParsedCertificate certificate) => Convert.ToHexString(certificate.SubjectPublicKeyInfo.Span);

    /// <summary>The name of its file without what follows the stem; of one that is in bundles only, its subject too.</summary>
    private static string StemOf(FileRecognizer.FoundCertificate found) =>
        found.Files.Find(file => file.Kind == ArtifactKind.Certificate) is { } own
            ? own.Path[..^Path.GetExtension(own.Path).Length]
            : $"{found.Files[0].Path} {found.Certificate.Subject}";

    private static string PartOf(ParsedCertificate certificate) => certificate.IsAuthority ? "authority" : "end entity";
}
