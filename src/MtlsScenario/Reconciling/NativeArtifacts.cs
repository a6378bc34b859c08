using System.Collections.Concurrent;
using System.Security.Cryptography;
using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.Seeding;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Makes artifacts natively, with the keys that are in the folder, and the authorities that are there or that it made.
/// Whoever makes it disposes of it, and with it of the issuers' keys.
/// </summary>
/// <param name="reader">Reads the folder.</param>
/// <param name="reconciliation">What will be asked for.</param>
internal sealed class NativeArtifacts(FolderReader reader, Reconciliation reconciliation) : IArtifactSource, IDisposable
{
    private readonly KeySupply _keys = new(
        from change in reconciliation.Changes
        where change is { Number: null, Key: not KeyAction.Keep }
        select (change.Stem, change.Certificate.Key!.Value), reconciliation.Seed);

    private readonly ConcurrentDictionary<string, Lazy<IssuingAuthority>> _authorities = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Worker> _workers = [];

    /// <inheritdoc/>
    public NewArtifacts Make(CertificateChange change, CancellationToken cancellationToken)
    {
        Worker worker = _workers.TryTake(out Worker? idle) ? idle : new Worker();
        try
        {
            return Make(change, worker, cancellationToken);
        }
        finally
        {
            _workers.Add(worker);
        }
    }

    /// <inheritdoc/>
    public byte[] Make(CrlOrder order, CancellationToken cancellationToken)
    {
        PlannedCertificate signer = reconciliation.Plan[order.Step.Signer.Name];
        using PrivateKey? own = !order.ComesFirst ? null
            : reconciliation.Seed is { } seed && !signer.IsExternal ? seed.Key(signer.Stem, signer.Key!.Value)
            : ReadKey(signer.Files.Key);
        return Pem.Encode(Pem.Crl, CrlEncoder.Encode(order.Content, CrlIssuer.Of(order.Authority, own ?? Authority(signer.Stem).Key)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _keys.Dispose();
        foreach (Worker worker in _workers)
        {
            worker.Dispose();
        }

        foreach (Lazy<IssuingAuthority> authority in _authorities.Values)
        {
            if (authority.IsValueCreated)
            {
                authority.Value.Key.Dispose();
            }
        }
    }

    private NewArtifacts Make(CertificateChange change, Worker worker, CancellationToken cancellationToken)
    {
        PlannedCertificate planned = change.Certificate;
        bool isNew = change.Key != KeyAction.Keep;
        PrivateKey key = isNew
            ? _keys.Take(change.Stem, planned.Key!.Value, cancellationToken)
            : ReadKey(change.Member.KeyFile);
        bool isKept = false;
        try
        {
            byte[]? request = change.RequestReason is null
                ? null
                : Pem.Encode(Pem.CertificateRequest, worker.Issuer.Request(worker.RequestOf(planned), key, change.Number));
            byte[]? certificate = null;
            if (change.Issues)
            {
                byte[] der = planned.IsSelfSigned
                    ? worker.Issuer.SelfSign(planned.Template!, key, reconciliation.Now)
                    : Sign(planned, key, worker, change.Number);
                certificate = Pem.Encode(Pem.Certificate, der);
                if (planned.IsAuthority)
                {
                    Keep(planned.Stem, der, key);
                    isKept = true;
                }
            }
            else if (isNew && planned.IsAuthority)
            {
                // The key of a seed is new, and its certificate is there.
                Keep(planned.Stem, ReadCertificate(planned).Der.ToArray(), key);
                isKept = true;
            }

            return new NewArtifacts(isNew ? key.ExportPem() : null, request, certificate);
        }
        finally
        {
            if (!isKept)
            {
                key.Dispose();
            }
        }
    }

    /// <summary>Keeps an authority for what it will sign: its files may not be in their places by then.</summary>
    private void Keep(string stem, byte[] certificate, PrivateKey key)
    {
        if (!ParsedCertificate.TryParse(certificate, out ParsedCertificate? parsed)
            || !_authorities.TryAdd(stem, new Lazy<IssuingAuthority>(new IssuingAuthority(parsed, key))))
        {
            throw new InvalidOperationException($"{stem} was asked for before it was made.");
        }
    }

    private byte[] Sign(PlannedCertificate planned, PrivateKey key, Worker worker, int? number)
    {
        (CertificateEncoder pattern, PrivateKey issuerKey) = worker.Pattern(planned, Authority, reconciliation.Now, reconciliation.Seed);
        return worker.Issuer.Sign(pattern, key.SubjectPublicKeyInfo.Span, issuerKey, number);
    }

    private IssuingAuthority Authority(string stem) =>
        _authorities.GetOrAdd(stem, name => new Lazy<IssuingAuthority>(() => ReadAuthority(reconciliation.Plan[name]))).Value;

    private IssuingAuthority ReadAuthority(PlannedCertificate authority)
    {
        ParsedCertificate certificate = ReadCertificate(authority);
        PrivateKey key = ReadKey(authority.Files.Key);
        if (key.Matches(certificate.SubjectPublicKeyInfo))
        {
            return new IssuingAuthority(certificate, key);
        }

        key.Dispose();
        throw NewKey.Meanwhile(authority.Files.Key, "was changed");
    }

    private ParsedCertificate ReadCertificate(PlannedCertificate authority) =>
        reader.Certificate(authority.Files.Certificate) ?? throw new FolderException($"{authority.Files.Certificate} cannot be read");

    private PrivateKey ReadKey(string path)
    {
        byte[] bytes = reader.Read(path).Bytes ?? throw new FolderException($"{path} cannot be read");
        try
        {
            PrivateKey key = PrivateKey.ReadPem(bytes) is KeyReadResult.Read read
                ? read.Key
                : throw new FolderException($"{path} is no private key that can be used");
            key.IsDeterministic = reconciliation.Seed is not null;
            return key;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>What one thread uses at a time: keys and buffers are not for several.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly Dictionary<string, (CertificateEncoder Pattern, PrivateKey IssuerKey)> _patterns =
            new(StringComparer.Ordinal);

        private readonly Dictionary<string, IssuingAuthority> _copies = new(StringComparer.Ordinal);
        private readonly Dictionary<string, RequestEncoder> _requests = new(StringComparer.Ordinal);

        public NativeIssuer Issuer { get; } = new();

        public RequestEncoder RequestOf(PlannedCertificate planned)
        {
            if (!_requests.TryGetValue(planned.Stem, out RequestEncoder? pattern))
            {
                _requests.Add(planned.Stem, pattern = new RequestEncoder(planned.Request!));
            }

            return pattern;
        }

        public (CertificateEncoder Pattern, PrivateKey IssuerKey) Pattern(
            PlannedCertificate planned, Func<string, IssuingAuthority> authorities, DateTimeOffset now, KeySeed? seed)
        {
            if (!_patterns.TryGetValue(planned.Stem, out (CertificateEncoder Pattern, PrivateKey IssuerKey) known))
            {
                IssuingAuthority authority = planned.Replicas is null
                    ? authorities(planned.Issuer!)
                    : Copy(planned.Issuer!, authorities);
                known = (new CertificateEncoder(planned.Template!, authority.Identity, now, seed), authority.Key);
                _patterns.Add(planned.Stem, known);
            }

            return known;
        }

        public void Dispose()
        {
            foreach (IssuingAuthority copy in _copies.Values)
            {
                copy.Key.Dispose();
            }
        }

        /// <summary>Replicas are made by several threads at once, and a key is for one.</summary>
        private IssuingAuthority Copy(string stem, Func<string, IssuingAuthority> authorities)
        {
            if (!_copies.TryGetValue(stem, out IssuingAuthority? copy))
            {
                IssuingAuthority authority = authorities(stem);
                lock (authority)
                {
                    copy = authority.Copy();
                }

                _copies.Add(stem, copy);
            }

            return copy;
        }
    }
}
