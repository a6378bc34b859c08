using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.X509;

namespace MtlsScenario.Handshakes;

/// <summary>
/// What one end of a connection has in hand, whoever made it. It owns the key, and wipes it when disposed of. Several handshakes
/// may use it at once, and what they make of it is made once.
/// </summary>
internal sealed class EndArtifacts : IDisposable
{
    private readonly byte[] _key;
    private readonly Lazy<DotNetIdentity> _identity;
    private readonly Lazy<(ImmutableArray<X509Certificate2> Chain, ImmutableArray<X509Certificate2> Anchors)> _parsed;
    private readonly Lazy<bool> _usesMlDsa;

    /// <param name="chain">What it presents: certificates in DER, leaf first.</param>
    /// <param name="key">The leaf's private key, PKCS#8 in DER.</param>
    /// <param name="anchors">What it trusts: certificates in DER.</param>
    public EndArtifacts(ImmutableArray<ReadOnlyMemory<byte>> chain, byte[] key, ImmutableArray<ReadOnlyMemory<byte>> anchors)
    {
        (Chain, _key, Anchors) = (chain, key, anchors);
        _identity = new(() => DotNetIdentity.Load(this));
        _parsed = new(() => ([.. Chain.Select(Load)], [.. Anchors.Select(Load)]));
        _usesMlDsa = new(() => Chain.Concat(Anchors).Any(certificate => MlDsaVariant.IsNamedIn(certificate.Span)));
    }

    /// <summary>What it presents: certificates in DER, leaf first.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Chain { get; }

    /// <summary>The leaf's private key, PKCS#8 in DER.</summary>
    public ReadOnlyMemory<byte> Key => _key;

    /// <summary>What it trusts: certificates in DER.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Anchors { get; }

    /// <summary>The CRLs against which it checks the other's chain, in DER; empty where it has none and turns everybody away, null where it does not check.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>>? Crls { get; init; }

    /// <summary>Whether its key is in a store and nowhere else: then it is in no file that a program could read, and none is made.</summary>
    public bool IsFromStore { get; init; }

    /// <summary>
    /// Whether any certificate has an ML-DSA key or signature: seen by the object identifier, which is the same for both
    /// (RFC 9881), so that nothing needs to be parsed for each handshake.
    /// </summary>
    public bool UsesMlDsa => _usesMlDsa.Value;

    /// <summary>All of it, loaded for .NET.</summary>
    /// <exception cref="NotSupportedException">.NET cannot use it as it is; the message says why.</exception>
    public DotNetIdentity Identity => _identity.Value;

    /// <summary>The certificates, parsed.</summary>
    /// <exception cref="CryptographicException">One cannot be read.</exception>
    public (ImmutableArray<X509Certificate2> Chain, ImmutableArray<X509Certificate2> Anchors) Parsed => _parsed.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        if (_identity.IsValueCreated)
        {
            _identity.Value.Dispose();
        }

        if (_parsed.IsValueCreated)
        {
            foreach (X509Certificate2 certificate in Parsed.Chain.Concat(Parsed.Anchors))
            {
                certificate.Dispose();
            }
        }
    }

    private static X509Certificate2 Load(ReadOnlyMemory<byte> der) => X509CertificateLoader.LoadCertificate(der.Span);
}
