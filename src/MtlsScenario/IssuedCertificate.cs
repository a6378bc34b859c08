using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MtlsScenario.Handshakes;
using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Stores;
using MtlsScenario.X509;

namespace MtlsScenario;

/// <summary>
/// A certificate that was issued in memory, and what its holder uses with it. What it gives belongs to the
/// <see cref="IssuedScenario"/>, which disposes of it.
/// </summary>
public sealed class IssuedCertificate
{
    private readonly MadeCertificate _made;
    private readonly PartyCertificate? _use;
    private readonly Lazy<X509Certificate2> _certificate;
    private readonly Lazy<X509Certificate2> _publicCertificate;

    internal IssuedCertificate(
        MadeCertificate made, PartyCertificate? use, ImmutableDictionary<string, X509Certificate2> authorities)
    {
        (_made, _use) = (made, use);
        _certificate = new(LoadWithKey);
        _publicCertificate = new(() => X509CertificateLoader.LoadCertificate(made.Certificate.Span));
        Intermediates = [.. made.Planned.Intermediates.Select(stem => authorities[stem])];
        TrustAnchors = [.. made.Planned.Anchors.Select(stem => authorities[stem])];
    }

    /// <summary>The stem of its files: <c>ca</c>, <c>bob_server</c>, <c>device-7_client</c>.</summary>
    public string Stem => _made.Planned.Member(_made.Number).Stem;

    /// <summary>The certificate with its private key, as <see cref="SslStream"/> and Kestrel take it.</summary>
    /// <exception cref="NotSupportedException">
    /// .NET has no Ed25519 keys, and ML-DSA keys only with OpenSSL 3.5 or later; take <see cref="PublicCertificate"/> and <see cref="PrivateKeyPem"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">It is an external authority's, whose key was not supplied.</exception>
    public X509Certificate2 Certificate => _certificate.Value;

    /// <summary>The certificate without its private key.</summary>
    public X509Certificate2 PublicCertificate => _publicCertificate.Value;

    /// <summary>The authorities between it and its root, nearest first, without keys.</summary>
    public X509Certificate2Collection Intermediates { get; }

    /// <summary>The authorities that its holder trusts when it uses this certificate, without keys.</summary>
    public X509Certificate2Collection TrustAnchors { get; }

    /// <summary>The certificate as PEM, with a newline at the end.</summary>
    public string CertificatePem => Encoding.ASCII.GetString(Pem.Encode(Pem.Certificate, _made.Certificate.Span));

    /// <summary>The unencrypted private key as PEM (PKCS#8), with a newline at the end.</summary>
    /// <exception cref="InvalidOperationException">It is an external authority's, whose key was not supplied.</exception>
    public string PrivateKeyPem
    {
        get
        {
            byte[] pem = Key.ExportPem();
            string text = Encoding.ASCII.GetString(pem);
            CryptographicOperations.ZeroMemory(pem);
            return text;
        }
    }

    private PrivateKey Key => _made.Key
        ?? throw new InvalidOperationException($"The private key of external authority \"{Stem}\" was not supplied.");

    /// <summary>
    /// What a TLS server needs to be this end: its chain as the scenario's <c>presents</c> says, its oldest TLS version, and a
    /// client certificate required, in each handshake, that one of its trust anchors vouches for and that it <c>admits</c>.
    /// </summary>
    /// <returns>New options, which the caller may change; also for Kestrel's <c>TlsHandshakeCallbackOptions</c>.</returns>
    /// <exception cref="NotSupportedException">.NET has no such keys: Ed25519, or ML-DSA with an OpenSSL before 3.5.</exception>
    public SslServerAuthenticationOptions ServerOptions() => new()
    {
        ServerCertificateContext = Presented(),
        ClientCertificateRequired = true,
        CertificateChainPolicy = AnchorsOnly(),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = _use?.Admits is { } admits
            ? (_, caller, _, errors) => errors == SslPolicyErrors.None && new Admission(admits).Admits(PeerNames.Of((X509Certificate2)caller!))
            : null,
        EnabledSslProtocols = _use?.MinimumTls == TlsVersion.Tls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13,

        // A session that is resumed would not verify the caller again.
        AllowTlsResume = false,
    };

    /// <summary>
    /// What a TLS client needs to be this end: its chain as the scenario's <c>presents</c> says, and a server certificate
    /// required that is for <paramref name="host"/> and that one of its trust anchors vouches for.
    /// </summary>
    /// <param name="host">The name by which it calls the server.</param>
    /// <returns>New options, which the caller may change; also for <c>SocketsHttpHandler.SslOptions</c>.</returns>
    /// <exception cref="NotSupportedException">.NET has no such keys: Ed25519, or ML-DSA with an OpenSSL before 3.5.</exception>
    public SslClientAuthenticationOptions ClientOptions(string host) => new()
    {
        TargetHost = host,
        ClientCertificateContext = Presented(),
        CertificateChainPolicy = AnchorsOnly(),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
    };

    /// <summary>
    /// PKCS#12 of the key, the certificate and what it presents besides, called by <see cref="Stem"/>; never of a root, which
    /// some readers would trust. .NET reads no Ed25519 keys from it.
    /// </summary>
    /// <param name="password">6 to 1023 printable ASCII characters, which is what all readers take.</param>
    /// <param name="encryption">How it is encrypted.</param>
    /// <exception cref="ArgumentException">The password is none of that kind.</exception>
    /// <exception cref="InvalidOperationException">It is an external authority's, whose key was not supplied.</exception>
    public byte[] Pkcs12(string password, StoreEncryption encryption = StoreEncryption.Aes256) => Make(ArtifactKind.Pkcs12, password, encryption);

    /// <summary>PKCS#12 of the <see cref="TrustAnchors"/>, marked as Java wants them, not encrypted; Java needs no password to read it.</summary>
    /// <param name="password">That of its MAC, as of <see cref="Pkcs12"/>.</param>
    /// <exception cref="ArgumentException">The password is none of that kind.</exception>
    public byte[] TrustStore(string password = PasswordRules.WellKnown) => Make(ArtifactKind.TrustStore, password);

    /// <summary>The private key in encrypted PKCS#8, PEM (AES-256-CBC, PBKDF2-HMAC-SHA256).</summary>
    /// <param name="password">As of <see cref="Pkcs12"/>.</param>
    /// <exception cref="ArgumentException">The password is none of that kind.</exception>
    /// <exception cref="InvalidOperationException">It is an external authority's, whose key was not supplied.</exception>
    public byte[] EncryptedKey(string password) => Make(ArtifactKind.EncryptedKey, password);

    /// <summary>The private key in PKCS#1 (RSA) or SEC1 (EC), PEM.</summary>
    /// <exception cref="NotSupportedException">An Ed25519 key has no such form.</exception>
    /// <exception cref="InvalidOperationException">It is an external authority's, whose key was not supplied.</exception>
    public byte[] TraditionalKey() => Make(ArtifactKind.TraditionalKey);

    /// <summary>The private key in PKCS#8, DER.</summary>
    /// <exception cref="InvalidOperationException">It is an external authority's, whose key was not supplied.</exception>
    public byte[] KeyDer() => Make(ArtifactKind.KeyDer);

    /// <summary>The private key and then the chain, PEM.</summary>
    /// <exception cref="InvalidOperationException">It is an external authority's, whose key was not supplied.</exception>
    public byte[] CombinedPem() => Make(ArtifactKind.CombinedPem);

    /// <summary>PKCS#7 of the chain, PEM.</summary>
    public byte[] Pkcs7() => Make(ArtifactKind.Pkcs7);

    /// <summary>The manifest of a Kubernetes Secret of type kubernetes.io/tls, with the trust anchors as <c>ca.crt</c>.</summary>
    /// <exception cref="InvalidOperationException">It is an external authority's, whose key was not supplied.</exception>
    public byte[] KubernetesSecret() => Make(ArtifactKind.Secret);

    /// <summary>The manifest of a Kubernetes ConfigMap with the trust anchors as <c>ca.crt</c>; empty but for that without any.</summary>
    public byte[] KubernetesConfigMap() => Make(ArtifactKind.TrustConfigMap);

    private byte[] Make(ArtifactKind kind, string password = PasswordRules.WellKnown, StoreEncryption encryption = StoreEncryption.Aes256)
    {
        ArgumentNullException.ThrowIfNull(password);
        using var secret = Password.Of(Encoding.UTF8.GetBytes(password));
        if (secret.Fault is { } fault)
        {
            throw new ArgumentException($"The password cannot be used: {fault}.", nameof(password));
        }

        using var parts = new FormatParts(Stem)
        {
            Pkcs8 = FileNames.HoldsKey(kind) ? Key.ExportPkcs8() : [],
            Certificates = [_made.Certificate, .. Presents(Intermediates)],
            Anchors = [.. TrustAnchors.Select(anchor => (ReadOnlyMemory<byte>)anchor.RawData)],
            AnchorAliases = _made.Planned.Anchors,
        };
        return FormatMaker.Make(kind, parts, new FormatProtection(secret, encryption))
            ?? throw new NotSupportedException($"The key of \"{Stem}\" has no such form.");
    }

    private IEnumerable<ReadOnlyMemory<byte>> Presents(X509Certificate2Collection intermediates) =>
        _use?.Presents == Presentation.Leaf ? [] : intermediates.Select(intermediate => (ReadOnlyMemory<byte>)intermediate.RawData);

    /// <summary>Disposes of what was loaded; the key is disposed of by whoever issued it.</summary>
    internal void Release()
    {
        foreach (Lazy<X509Certificate2> loaded in new[] { _certificate, _publicCertificate })
        {
            if (loaded.IsValueCreated)
            {
                loaded.Value.Dispose();
            }
        }
    }

    private SslStreamCertificateContext Presented() => SslStreamCertificateContext.Create(
        Certificate, _use?.Presents == Presentation.Leaf ? null : Intermediates, offline: true);

    private X509ChainPolicy AnchorsOnly()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(TrustAnchors);
        return policy;
    }

    private X509Certificate2 LoadWithKey()
    {
        if (Key.Algorithm == KeyAlgorithm.Ed25519 || (Key.Algorithm.IsMlDsa() && !MLDsa.IsSupported))
        {
            throw new NotSupportedException(
                $".NET has no {KeyDescription.Of(Key.Algorithm).Text} keys: take {nameof(PublicCertificate)} and {nameof(PrivateKeyPem)} of \"{Stem}\".");
        }

        byte[] pkcs8 = Key.ExportPkcs8();
        try
        {
            return DotNetIdentity.WithKey(_made.Certificate.Span, pkcs8);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }
}
