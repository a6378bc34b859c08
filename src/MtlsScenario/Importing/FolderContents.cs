using System.Collections.Immutable;
using System.Security.Cryptography;
using MtlsScenario.Files;
using MtlsScenario.Layouts;
using MtlsScenario.Planning;
using MtlsScenario.Stores;
using MtlsScenario.X509;

namespace MtlsScenario.Importing;

/// <summary>
/// What lies in a folder that anybody made: certificates, and which keys are there by their public halves. A link is followed, and what
/// it leads to stands for it; nothing is followed out of the folder.
/// </summary>
internal sealed class FolderContents
{
    private const int DeepestFolder = 8;

    private readonly string _root;
    private readonly FolderReader _reader;
    private readonly FileRecognizer _files;

    private FolderContents(string root, ImmutableArray<Password> passwords)
    {
        (_root, _reader, _files) = (Path.GetFullPath(root), new FolderReader(root), new FileRecognizer(passwords));
    }

    /// <summary>The certificates that are alone or first in a PEM file, and those elsewhere.</summary>
    public IReadOnlyList<FileRecognizer.FoundCertificate> Certificates => _files.Certificates;

    /// <summary>The PEM files with certificates, and those in order.</summary>
    public SortedDictionary<string, ImmutableArray<ParsedCertificate>> Bundles { get; } = new(StringComparer.Ordinal);

    /// <summary>The PEM files with a key that can be read, and its public half.</summary>
    public SortedDictionary<string, ReadOnlyMemory<byte>> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>The files with a key that is encrypted, in DER or in a store: it is there, and cannot be used as it is.</summary>
    public List<(string Path, ReadOnlyMemory<byte> PublicKey)> ClosedKeys { get; } = [];

    /// <summary>The requests, by the public key.</summary>
    public List<(string Path, ReadOnlyMemory<byte> PublicKey)> Requests { get; } = [];

    /// <summary>The kubeconfigs, and whose certificates are in them.</summary>
    public List<(string Path, ImmutableArray<ParsedCertificate> Clients)> Kubeconfigs { get; } = [];

    /// <summary>What a file is called by a link to it.</summary>
    public Dictionary<string, string> Links { get; } = new(StringComparer.Ordinal);

    /// <summary>What cannot be taken into a scenario, in clauses.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>What could not be read at all.</summary>
    public List<string> Unreadable { get; } = [];

    /// <summary>Whether no password opened a store that is there.</summary>
    public bool IsClosed => _files.IsClosed;

    /// <summary>Reads a folder and the folders in it.</summary>
    public static FolderContents Read(string root, ImmutableArray<Password> passwords, CancellationToken cancellationToken)
    {
        var contents = new FolderContents(root, passwords);
        contents.AddFolder("", 0, cancellationToken);
        contents.AddKeys();
        return contents;
    }

    private void AddFolder(string folder, int depth, CancellationToken cancellationToken)
    {
        if (_reader.FolderFault(folder) is { } fault)
        {
            Unreadable.Add($"{folder}: {fault}");
            return;
        }

        foreach (string name in _reader.Names(folder).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string path = folder + name;
            if (FileNames.IsOwn(name.TrimEnd('/')) || name.StartsWith(".git", StringComparison.Ordinal))
            {
                continue;
            }

            if (_reader.IsLink(path))
            {
                AddLink(path);
            }
            else if (!name.EndsWith('/'))
            {
                AddFile(path);
            }
            else if (depth < DeepestFolder)
            {
                AddFolder(path, depth + 1, cancellationToken);
            }
        }
    }

    private void AddLink(string path)
    {
        string? target = new FileInfo(Path.Combine(_root, path.TrimEnd('/'))).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        string relative = target is null ? ".." : Path.GetRelativePath(_root, target).Replace(Path.DirectorySeparatorChar, '/');
        if (relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || path.EndsWith('/'))
        {
            Notes.Add($"{path} is a link {(path.EndsWith('/') ? "to a folder" : "out of the folder")}: left out");
            return;
        }

        Links.TryAdd(relative, path);
    }

    private void AddFile(string path)
    {
        FileContent content = _reader.Read(path);
        if (content.Bytes is not { } bytes)
        {
            Unreadable.Add($"{path}: {content.Fault}");
            return;
        }

        if (ExtractionCommands.IsJavaStore(bytes))
        {
            Notes.Add(ExtractionCommands.OfJavaStore(path));
            return;
        }

        if (ExtractionCommands.IsKubeconfig(bytes))
        {
            Kubeconfigs.Add((path, ExtractionCommands.ClientsOf(bytes)));
            CryptographicOperations.ZeroMemory(bytes);
            return;
        }

        ImmutableArray<ParsedCertificate> certificates = [.. Bundle.Certificates(bytes)];
        if (!certificates.IsEmpty)
        {
            Bundles.Add(path, certificates);
        }

        if (Pem.TryDecode(bytes, Pem.CertificateRequest, out byte[] request) && SubjectPublicKeys.OfRequest(request) is { } requested)
        {
            Requests.Add((path, requested));
        }

        _files.Add(path, content);
        if (PrivateKey.ReadPem(bytes) is KeyReadResult.Read { Key: var key })
        {
            using (key)
            {
                Keys.Add(path, key.SubjectPublicKeyInfo);
            }

            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>An encrypted key says nothing of itself; the request that has its name tells whose it is.</summary>
    private void AddKeys()
    {
        foreach ((FileEntry file, _, ReadOnlyMemory<byte> publicKey) in _files.Keys.Where(key => !Keys.ContainsKey(key.File.Path)))
        {
            string name = ImportedNames.Base(file.Path);
            ReadOnlyMemory<byte> known = !publicKey.IsEmpty ? publicKey : Requests.Find(request => ImportedNames.Base(request.Path) == name).PublicKey;
            ClosedKeys.Add((file.Path, known));
        }
    }
}
