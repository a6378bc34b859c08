using System.Collections.Immutable;
using System.Security.Cryptography;
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
    private readonly Lazy<(ImmutableArray<ParsedCertificate> Chain, ImmutableArray<ParsedCertificate> Anchors)> _parsed;
    private readonly Lazy<bool> _usesMlDsa;

    /// <param name="chain">What it presents: certificates in DER, leaf first.</param>
    /// <param name="key">The leaf's private key, PKCS#8 in DER.</param>
    /// <param name="anchors">What it trusts: certificates in DER.</param>
    public EndArtifacts(ImmutableArray<ReadOnlyMemory<byte>> chain, byte[] key, ImmutableArray<ReadOnlyMemory<byte>> anchors)
    {
        (Chain, _key, Anchors) = (chain, key, anchors);
        _identity = new(() => DotNetIdentity.Load(this));
        _parsed = new(() => ([.. Chain.Select(Parse)], [.. Anchors.Select(Parse)]));
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
    public (ImmutableArray<ParsedCertificate> Chain, ImmutableArray<ParsedCertificate> Anchors) Parsed => _parsed.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        if (_identity.IsValueCreated)
        {
            _identity.Value.Dispose();
        }
    }

    private static ParsedCertificate Parse(ReadOnlyMemory<byte> der) => ParsedCertificate.TryParse(der, out ParsedCertificate? parsed)
        ? parsed
        : throw new CryptographicException("a certificate cannot be read");
}
