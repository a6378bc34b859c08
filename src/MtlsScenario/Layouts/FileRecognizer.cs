using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.Stores;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>
/// What is found in files of which there is no scenario: certificates and keys in PEM, DER, PKCS#12, PKCS#7 and manifests.
/// Keys are noticed by their kind, and never shown.
/// </summary>
/// <param name="passwords">What may open stores and encrypted keys.</param>
internal sealed class FileRecognizer(ImmutableArray<Password> passwords)
{
    private const string Pkcs7Label = "PKCS7";

    private readonly Dictionary<string, FoundCertificate> _byHash = new(StringComparer.Ordinal);

    /// <summary>The certificates, each once.</summary>
    public List<FoundCertificate> Certificates { get; } = [];

    /// <summary>The keys, with what is said of each beside its certificate, and their public halves; empty where they cannot be read.</summary>
    public List<(FileEntry File, string? Note, ReadOnlyMemory<byte> PublicKey)> Keys { get; } = [];

    /// <summary>The requests.</summary>
    public List<FileEntry> Requests { get; } = [];

    /// <summary>The CRLs, each once.</summary>
    public FoundCrls Crls { get; } = new();

    /// <summary>What else there is, and why.</summary>
    public List<string> Others { get; } = [];

    /// <summary>Whether there was a store or an encrypted key that none of the passwords opens.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Takes what is in a file.</summary>
    public void Add(string path, FileContent content)
    {
        if (content.Bytes is not { } bytes)
        {
            Others.Add($"{path}: {content.Fault ?? "missing"}");
            return;
        }

        if (ParsedCertificate.TryParse(bytes, out ParsedCertificate? der))
        {
            Add(path, der, new FileEntry(ArtifactKind.Certificate, path));
            return;
        }

        if (ParsedCrl.TryParse(bytes, out _))
        {
            Crls.Add(path, bytes);
            return;
        }

        ImmutableArray<PemBlock> blocks = [.. Pem.Decode(bytes)];
        if (blocks.IsEmpty && DerContent.LabelOf(bytes) is { } label)
        {
            blocks = [new PemBlock(label, bytes, IsEncrypted: false)];
            bytes = Pem.Encode(label, bytes);
        }

        if (blocks is [{ Label: DerContent.Pkcs12 or Pkcs7Label } store] && TryAddStore(path, store.Label == Pkcs7Label, store.Der))
        {
            return;
        }

        if (blocks.IsEmpty && KubernetesReader.IsManifest(bytes))
        {
            IReadOnlyList<(string Name, byte[] Content)> entries = KubernetesReader.Read(bytes);
            ArtifactKind kind = entries.Any(entry => entry.Name == KubernetesReader.Key) ? ArtifactKind.Secret : ArtifactKind.TrustConfigMap;
            foreach ((string _, byte[] entry) in entries)
            {
                AddBlocks(path, entry, [.. Pem.Decode(entry)], kind);
                CryptographicOperations.ZeroMemory(entry);
            }

            return;
        }

        AddBlocks(path, bytes, blocks, kind: null);
    }

    private void AddBlocks(string path, byte[] bytes, ImmutableArray<PemBlock> blocks, ArtifactKind? kind)
    {
        ImmutableArray<PemBlock> certificates = [.. blocks.Where(block => block.Label is Pem.Certificate or "TRUSTED CERTIFICATE")];
        int damaged = 0;
        foreach (PemBlock block in certificates)
        {
            if (ParsedCertificate.TryParse(WithoutTrust(block), out ParsedCertificate? certificate))
            {
                Add(path, certificate, new FileEntry(kind ?? (certificates.Length == 1 ? ArtifactKind.Certificate : null), path));
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
            Requests.Add(new FileEntry(ArtifactKind.Request, path));
        }

        bool isCrl = blocks.Any(block => block.Label == Pem.Crl);
        if (isCrl && !Crls.Add(path, bytes))
        {
            Others.Add($"{path}: a CRL that cannot be read");
        }

        if (damaged > 0)
        {
            Others.Add(certificates.Length == 1
                ? $"{path}: a certificate that cannot be read: {CertificateFault.Of(bytes)}"
                : $"{path}: a certificate that cannot be read");
        }
        else if (certificates.IsEmpty && !isKey && !isRequest && !isCrl)
        {
            Others.Add(blocks is [{ Label: var what }, ..] ? $"{path}: {WordFor(what)}" : IsMeantForOne(path, bytes)
                ? $"{path}: {CertificateFault.Of(bytes)}"
                : path);
        }
    }

    /// <summary>Opens a PKCS#12 or a PKCS#7; false where it stays closed, which is said then.</summary>
    private bool TryAddStore(string path, bool isPkcs7, byte[] content)
    {
        if (isPkcs7)
        {
            return Pkcs7.TryRead(content, out IReadOnlyList<ReadOnlyMemory<byte>>? chain) is null && AddStored(path, ArtifactKind.Pkcs7, null, chain!);
        }

        foreach (Password password in passwords)
        {
            if (Pkcs12Reader.TryOpen(content, password, out Pkcs12Content? store) is null)
            {
                using (store)
                {
                    foreach (StoredKey key in store!.Keys)
                    {
                        AddKey(path, PrivateKey.ReadDer(Pem.PrivateKey, key.Pkcs8), ArtifactKind.Key, Note(key.Attributes, key.Encryption));
                    }

                    return AddStored(
                        path,
                        store.Keys.IsEmpty ? ArtifactKind.TrustStore : ArtifactKind.Pkcs12,
                        store.Certificates.Select(certificate => Note(certificate.Attributes, certificate.Encryption)),
                        [.. store.Certificates.Select(certificate => certificate.Der)]);
                }
            }
        }

        IsClosed = true;
        return false;
    }

    private static string Note(StoredAttributes attributes, PasswordEncryption? encryption) => string.Join(
        ", ",
        new[]
        {
            attributes.Alias is { } alias ? $"alias {alias}" : null,
            attributes.IsTrusted ? "trusted by Java" : null,
            encryption?.Text ?? "not encrypted",
        }.OfType<string>());

    private bool AddStored(string path, ArtifactKind kind, IEnumerable<string>? notes, IReadOnlyList<ReadOnlyMemory<byte>> certificates)
    {
        string?[] said = [.. notes ?? certificates.Select(string? (_) => null)];
        for (int index = 0; index < certificates.Count; index++)
        {
            if (ParsedCertificate.TryParse(certificates[index], out ParsedCertificate? certificate))
            {
                Add(path, certificate, new FileEntry(kind, path, said[index]));
            }
            else
            {
                Others.Add($"{path}: a certificate that cannot be read");
            }
        }

        return true;
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
        Pkcs7Label => "PKCS#7, which is not opened",
        _ => label,
    };

    private void AddKey(string path, byte[] pem)
    {
        KeyReadResult result = PrivateKey.ReadPem(pem);
        if (result is not KeyReadResult.Encrypted)
        {
            AddKey(path, result, ArtifactKind.Key, note: null);
            return;
        }

        foreach (Password password in passwords)
        {
            if (EncryptedKey.TryOpen(pem, password, out OpenedKey? opened) is null)
            {
                AddKey(path, opened!.Key, ArtifactKind.EncryptedKey, opened.Encryption.Text);
                return;
            }
        }

        IsClosed = true;
        AddKey(path, result, ArtifactKind.Key, note: null);
    }

    private void AddKey(string path, KeyReadResult result, ArtifactKind kind, string? note)
    {
        if (result is KeyReadResult.Read { Key: var key })
        {
            using (key)
            {
                string said = KeyDescription.Of(key.Algorithm).Text;
                Keys.Add((new FileEntry(kind, path, note is null ? said : $"{said}, {note}"), note, key.SubjectPublicKeyInfo));
            }

            return;
        }

        string fault = result switch
        {
            KeyReadResult.Encrypted => "encrypted",
            KeyReadResult.UnsupportedAlgorithm other => other.Description,
            KeyReadResult.Unreadable unreadable => unreadable.Reason,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        Keys.Add((new FileEntry(kind, path, fault), note, ReadOnlyMemory<byte>.Empty));
    }

    private void Add(string path, ParsedCertificate certificate, FileEntry file)
    {
        string hash = certificate.Fingerprint;
        if (!_byHash.TryGetValue(hash, out FoundCertificate? known))
        {
            Certificates.Add(known = _byHash[hash] = new FoundCertificate(certificate));
        }

        // File after file is taken, so that if it was in this one before, this is the last.
        if (known.Files is not [.., { Path: var last }] || last != path)
        {
            known.Files.Add(file);
        }
    }

    /// <summary>A certificate and the files that it is in.</summary>
    internal sealed record FoundCertificate(ParsedCertificate Certificate)
    {
        public List<FileEntry> Files { get; } = [];
    }
}
