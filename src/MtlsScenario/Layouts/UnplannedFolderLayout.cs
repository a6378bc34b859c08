using System.Collections.Immutable;
using System.Formats.Asn1;
using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>
/// The layout of files of which there is no scenario, whoever made them: PEM and DER, one certificate a file or several.
/// Keys are noticed by their kind, and never shown.
/// </summary>
internal sealed class UnplannedFolderLayout
{
    private const int DeepestFolder = 4;

    private readonly FolderReader _reader;
    private readonly List<FoundCertificate> _certificates = [];
    private readonly List<(FileEntry File, ReadOnlyMemory<byte> PublicKey)> _keys = [];
    private readonly List<FileEntry> _requests = [];
    private readonly List<string> _others = [];

    private UnplannedFolderLayout(FolderReader reader)
    {
        _reader = reader;
    }

    /// <summary>The layout of all files of a folder and of the folders in it.</summary>
    public static Layout OfFolder(FolderReader reader, CancellationToken cancellationToken = default)
    {
        var layout = new UnplannedFolderLayout(reader);
        layout.AddFolder("", depth: 0, cancellationToken);
        return layout.Complete();
    }

    /// <summary>The layout of one file.</summary>
    public static Layout OfFile(FolderReader reader, string name)
    {
        var layout = new UnplannedFolderLayout(reader);
        layout.AddFile(name);
        return layout.Complete();
    }

    private void AddFolder(string folder, int depth, CancellationToken cancellationToken)
    {
        if (_reader.FolderFault(folder) is { } fault)
        {
            _others.Add($"{folder}: {fault}");
            return;
        }

        foreach (string name in _reader.Names(folder).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string path = folder + name;
            if (!name.EndsWith('/'))
            {
                AddFile(path);
            }
            else if (depth < DeepestFolder && !name.StartsWith('.') && !_reader.IsLink(path))
            {
                AddFolder(path, depth + 1, cancellationToken);
            }
            else
            {
                _others.Add(path);
            }
        }
    }

    private void AddFile(string path)
    {
        FileContent content = _reader.Read(path);
        if (content.Bytes is not { } bytes)
        {
            _others.Add($"{path}: {content.Fault ?? "missing"}");
            return;
        }

        if (ParsedCertificate.TryParse(bytes, out ParsedCertificate? der))
        {
            Add(path, der, isAlone: true);
            return;
        }

        ImmutableArray<PemBlock> blocks = [.. Pem.Decode(bytes)];
        if (blocks.IsEmpty && DerContent.LabelOf(bytes) is { } label)
        {
            blocks = [new PemBlock(label, bytes, IsEncrypted: false)];
            bytes = Pem.Encode(label, bytes);
        }

        ImmutableArray<PemBlock> certificates = [.. blocks.Where(block => block.Label is Pem.Certificate or "TRUSTED CERTIFICATE")];
        int damaged = 0;
        foreach (PemBlock block in certificates)
        {
            if (ParsedCertificate.TryParse(WithoutTrust(block), out ParsedCertificate? certificate))
            {
                Add(path, certificate, isAlone: certificates.Length == 1);
            }
            else
            {
                damaged++;
            }
        }

        bool isKey = blocks.Any(block => PrivateKeyReader.IsKey(block.Label));
        if (isKey)
        {
            AddKey(path, bytes);
        }

        bool isRequest = blocks.Any(block => block.Label is Pem.CertificateRequest or "NEW CERTIFICATE REQUEST");
        if (isRequest)
        {
            _requests.Add(new FileEntry(ArtifactKind.Request, path));
        }

        if (damaged > 0)
        {
            _others.Add(certificates.Length == 1
                ? $"{path}: a certificate that cannot be read: {CertificateFault.Of(bytes)}"
                : $"{path}: a certificate that cannot be read");
        }
        else if (certificates.IsEmpty && !isKey && !isRequest)
        {
            _others.Add(blocks is [{ Label: var what }, ..] ? $"{path}: {WordFor(what)}" : IsMeantForOne(path, bytes)
                ? $"{path}: {CertificateFault.Of(bytes)}"
                : path);
        }
    }

    /// <summary>Whether a file is called as one with a certificate, or begins as one.</summary>
    private static bool IsMeantForOne(string path, byte[] bytes) =>
        bytes.AsSpan().IndexOf("-----BEGIN CERTIFICATE-----"u8) >= 0
        || Path.GetExtension(path).ToLowerInvariant() is ".crt" or ".cer";

    /// <summary>In a TRUSTED CERTIFICATE of openssl something follows the certificate.</summary>
    private static ReadOnlyMemory<byte> WithoutTrust(PemBlock block) =>
        block.Label != Pem.Certificate
        && AsnDecoder.TryReadEncodedValue(block.Der, AsnEncodingRules.BER, out _, out _, out _, out int length)
            ? block.Der.AsMemory(0, length)
            : block.Der;

    private static string WordFor(string label) => label switch
    {
        DerContent.Pkcs12 => "PKCS#12, which is not opened",
        "PKCS7" => "PKCS#7, which is not opened",
        "X509 CRL" => "revocation list",
        _ => label,
    };

    private void AddKey(string path, byte[] pem)
    {
        KeyReadResult result = PrivateKey.ReadPem(pem);
        if (result is KeyReadResult.Read { Key: var key })
        {
            using (key)
            {
                _keys.Add((new FileEntry(ArtifactKind.Key, path, KeyDescription.Of(key.Algorithm).Text), key.SubjectPublicKeyInfo));
            }

            return;
        }

        string note = result switch
        {
            KeyReadResult.Encrypted => "encrypted",
            KeyReadResult.UnsupportedAlgorithm other => other.Description,
            KeyReadResult.Unreadable unreadable => unreadable.Reason,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        _keys.Add((new FileEntry(ArtifactKind.Key, path, note), ReadOnlyMemory<byte>.Empty));
    }

    private void Add(string path, ParsedCertificate certificate, bool isAlone)
    {
        FoundCertificate? known = _certificates.Find(found => found.Certificate.Der.Span.SequenceEqual(certificate.Der.Span));
        if (known is null)
        {
            _certificates.Add(known = new FoundCertificate(certificate));
        }

        if (!known.Files.Any(file => file.Path == path))
        {
            known.Files.Add(new FileEntry(isAlone ? ArtifactKind.Certificate : null, path));
        }
    }

    private Layout Complete()
    {
        // Bundles come before the files that they were made of where the names sort so; the own file gives the name.
        var authorities = new List<KnownAuthority>();
        try
        {
            authorities.AddRange(_certificates.Select(found => new KnownAuthority(StemOf(found), found.Certificate)));
            var describer = new CertificateDescriber(authorities);
            ImmutableArray<CertificateEntry> entries =
            [
                .. _certificates.Select(found => Entry(found, describer)).OrderBy(entry => entry.Stem, StringComparer.Ordinal),
            ];
            IEnumerable<string> unmatched = _keys
                .Where(key => !_certificates.Exists(found => Matches(key.PublicKey, found.Certificate)))
                .Select(key => key.File)
                .Concat(_requests)
                .Select(file => file.Note is null ? $"{file.Path}: {file.KindText}" : $"{file.Path}: {file.KindText}, {file.Note}");
            return new Layout(
                null, null, entries, [.. unmatched.Concat(_others).Order(StringComparer.Ordinal)]);
        }
        finally
        {
            foreach (KnownAuthority authority in authorities)
            {
                authority.Dispose();
            }
        }
    }

    private CertificateEntry Entry(FoundCertificate found, CertificateDescriber describer) => new()
    {
        Stem = StemOf(found),
        Part = PartOf(found.Certificate),
        Content = describer.Describe(found.Certificate),
        Files =
        [
            .. _keys.Where(key => Matches(key.PublicKey, found.Certificate)).Select(key => key.File with { Note = null }),
            .. found.Files,
        ],
    };

    private static bool Matches(ReadOnlyMemory<byte> publicKey, ParsedCertificate certificate) =>
        !publicKey.IsEmpty && publicKey.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span);

    /// <summary>The name of its file without what follows the stem; of one that is in bundles only, its subject too.</summary>
    private static string StemOf(FoundCertificate found) =>
        found.Files.Find(file => file.Kind == ArtifactKind.Certificate) is { } own
            ? own.Path[..^Path.GetExtension(own.Path).Length]
            : $"{found.Files[0].Path} {found.Certificate.Subject}";

    private static string PartOf(ParsedCertificate certificate) => certificate.IsAuthority ? "authority" : "end entity";

    /// <summary>A certificate and the files that it is in.</summary>
    private sealed record FoundCertificate(ParsedCertificate Certificate)
    {
        public List<FileEntry> Files { get; } = [];
    }
}
