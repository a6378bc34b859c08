using System.Collections.Immutable;
using System.Security.Cryptography;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>What goes into a file of a format, as it was read. Disposing of it clears the key.</summary>
internal sealed class FormatParts : IDisposable
{
    /// <param name="alias">What the key and its certificate are called.</param>
    public FormatParts(string alias) => Alias = alias;

    /// <summary>What the key and its certificate are called.</summary>
    public string Alias { get; }

    /// <summary>What Kubernetes calls the object.</summary>
    public string ObjectName => FileNames.ObjectName(Alias);

    /// <summary>The key, PKCS#8, DER; empty where none goes into it.</summary>
    public byte[] Pkcs8 { get; init; } = [];

    /// <summary>The public half of the key, DER.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>The certificate and what is presented with it, DER.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Certificates { get; init; } = [];

    /// <summary>The same, PEM.</summary>
    public byte[] CertificatesPem => PemOf(Certificates);

    /// <summary>The trust anchors, DER.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Anchors { get; init; } = [];

    /// <summary>What they are called: the names of the authorities.</summary>
    public ImmutableArray<string> AnchorAliases { get; init; } = [];

    /// <summary>The trust anchors, PEM; null where there are none.</summary>
    public byte[]? AnchorsPem => Anchors.IsEmpty ? null : PemOf(Anchors);

    /// <summary>Reads them.</summary>
    /// <returns>Null where one is not there, or is none.</returns>
    public static FormatParts? TryRead(WriteFormat format, int? number, Func<string, byte[]?> read)
    {
        FormatSources sources = format.Sources.At(number);
        ImmutableArray<ReadOnlyMemory<byte>> certificates = CertificatesIn(sources.CertificateFile is { } own ? read(own) : null);

        // What somebody put behind a certificate may be a root, which a reader of a store would trust; and behind an authority's
        // it is no anchor.
        if (sources.CertificateFile is not null && !sources.HasChain)
        {
            certificates = [.. certificates.Take(1)];
        }

        if (sources.ProvidedChain is { } provided && !certificates.IsEmpty && read(provided) is { } chain)
        {
            certificates = [certificates[0], .. CertificatesIn(chain).Skip(1).Where(der => !(ParsedCertificate.TryParse(der, out ParsedCertificate? one) && one.IsSelfIssued))];
        }

        ImmutableArray<ReadOnlyMemory<byte>> anchors = sources.AnchorFiles is [var only] && sources.Anchors.Length > 1
            ? CertificatesIn(read(only))
            : [.. sources.AnchorFiles.SelectMany(anchor => CertificatesIn(read(anchor)).Take(1))];
        if ((sources.CertificateFile is not null && certificates.IsEmpty) || anchors.Length != (sources.AnchorFiles.IsEmpty ? 0 : sources.Anchors.Length))
        {
            return null;
        }

        byte[] pkcs8 = [];
        ReadOnlyMemory<byte> publicKey = default;
        if (sources.KeyFile is { } keyFile)
        {
            byte[]? content = read(keyFile);
            if (content is null || PrivateKey.ReadPem(content) is not KeyReadResult.Read { Key: var key })
            {
                return null;
            }

            CryptographicOperations.ZeroMemory(content);
            using (key)
            {
                (pkcs8, publicKey) = (key.ExportPkcs8(), key.SubjectPublicKeyInfo);
            }
        }

        return new FormatParts(Replication.Fill(format.Stem, number))
        {
            Pkcs8 = pkcs8,
            PublicKey = publicKey,
            Certificates = format.Kind == ArtifactKind.CertificateDer ? [certificates[0]] : certificates,
            Anchors = anchors,
            AnchorAliases = sources.Anchors,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(Pkcs8);

    private static ImmutableArray<ReadOnlyMemory<byte>> CertificatesIn(byte[]? pem) => pem is null
        ? []
        : [.. Pem.Decode(pem).Where(block => block.Label == Pem.Certificate).Select(block => (ReadOnlyMemory<byte>)block.Der)];

    private static byte[] PemOf(ImmutableArray<ReadOnlyMemory<byte>> certificates) =>
        [.. certificates.SelectMany(certificate => Pem.Encode(Pem.Certificate, certificate.Span))];
}
