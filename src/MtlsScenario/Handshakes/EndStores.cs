using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Stores;
using MtlsScenario.X509;

namespace MtlsScenario.Handshakes;

/// <summary>The key stores and trust stores of ends, for whoever has nothing else. What is in them stays in memory.</summary>
/// <param name="folder">The folder.</param>
/// <param name="passwords">What may open them.</param>
internal sealed class EndStores(FolderReader folder, IEnumerable<Password> passwords)
{
    /// <summary>Whether a store is there in place of another file, which is not.</summary>
    public bool IsAllThereIs(string path, string inPlaceOf) => folder.Read(inPlaceOf).IsMissing && !folder.Read(path).IsMissing;

    /// <summary>Whether none of the passwords is that of a store.</summary>
    public bool IsClosed(string path)
    {
        StoreFault? fault = Open(path, out Pkcs12Content? store);
        store?.Dispose();
        return fault is { Kind: StoreFaultKind.WrongPassword };
    }

    /// <summary>The certificates of a trust store, DER.</summary>
    /// <exception cref="FolderException">It cannot be used.</exception>
    public ImmutableArray<ReadOnlyMemory<byte>> Anchors(string path)
    {
        using Pkcs12Content store = Opened(path);
        return [.. store.Certificates.Select(certificate => certificate.Der)];
    }

    /// <summary>
    /// What is presented from a key store, leaf first, and the leaf's key in PKCS#8. Of a root that others put in there nothing
    /// is presented, and the order of the certificates in a store means nothing.
    /// </summary>
    /// <exception cref="FolderException">It cannot be used.</exception>
    public (ImmutableArray<ReadOnlyMemory<byte>> Chain, byte[] Key) Identity(string path)
    {
        using Pkcs12Content store = Opened(path);
        if (store.Keys is not [var stored])
        {
            throw Fault(path, string.Create(CultureInfo.InvariantCulture, $"holds {store.Keys.Length} keys in place of one"));
        }

        if (PrivateKey.ReadDer(Pem.PrivateKey, stored.Pkcs8) is not KeyReadResult.Read { Key: var key })
        {
            throw Fault(path, "holds a key of a kind that cannot be used");
        }

        using (key)
        {
            List<ParsedCertificate> rest = [.. store.Certificates.Select(certificate => ParsedCertificate.TryParse(certificate.Der, out ParsedCertificate? parsed) ? parsed : null).OfType<ParsedCertificate>()];
            ParsedCertificate? next = rest.Find(certificate => key.Matches(certificate.SubjectPublicKeyInfo));
            if (next is null)
            {
                throw Fault(path, "holds no certificate of its key");
            }

            var chain = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
            for (; next is not null && (chain.Count == 0 || !next.IsSelfIssued); next = rest.Find(certificate => certificate.Subject.Equals(next.Issuer)))
            {
                chain.Add(next.Der);
                rest.Remove(next);
            }

            return (chain.ToImmutable(), key.ExportPkcs8());
        }
    }

    private Pkcs12Content Opened(string path) =>
        Open(path, out Pkcs12Content? store) is { } fault ? throw Fault(path, $"cannot be opened: {fault.Reason}") : store!;

    private StoreFault? Open(string path, out Pkcs12Content? store)
    {
        FileContent content = folder.Read(path);
        StoreFault? first = null;
        store = null;
        foreach (Password password in content.Bytes is null ? [] : passwords)
        {
            StoreFault? fault = Pkcs12Reader.TryOpen(content.Bytes, password, out store);
            if (fault is null)
            {
                return null;
            }

            first ??= fault;
        }

        return first ?? new StoreFault(StoreFaultKind.Damaged, content.Fault ?? "it is missing");
    }

    private static FolderException Fault(string path, string what) => new($"{VisibleText.Of(path)} {what}");
}
