using System.Collections.Immutable;
using System.Security.Cryptography;
using MtlsScenario.X509;

namespace MtlsScenario.Handshakes;

/// <summary>What one end of a connection has in hand, whoever made it. It owns the key, and wipes it when disposed of.</summary>
/// <param name="chain">What it presents: certificates in DER, leaf first.</param>
/// <param name="key">The leaf's private key, PKCS#8 in DER.</param>
/// <param name="anchors">What it trusts: certificates in DER.</param>
internal sealed class EndArtifacts(
    ImmutableArray<ReadOnlyMemory<byte>> chain, byte[] key, ImmutableArray<ReadOnlyMemory<byte>> anchors) : IDisposable
{
    /// <summary>What it presents: certificates in DER, leaf first.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Chain => chain;

    /// <summary>The leaf's private key, PKCS#8 in DER.</summary>
    public ReadOnlyMemory<byte> Key => key;

    /// <summary>What it trusts: certificates in DER.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Anchors => anchors;

    /// <summary>The CRLs against which it checks the other's chain, in DER; empty where it has none and turns everybody away, null where it does not check.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>>? Crls { get; init; }

    /// <summary>Whether its key is in a store and nowhere else: then it is in no file that a program could read, and none is made.</summary>
    public bool IsFromStore { get; init; }

    /// <summary>
    /// Whether any certificate has an ML-DSA key or signature: seen by the object identifier, which is the same for both
    /// (RFC 9881), so that nothing needs to be parsed for each handshake.
    /// </summary>
    public bool UsesMlDsa => chain.Concat(anchors).Any(certificate => MlDsaVariant.IsNamedIn(certificate.Span));

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(key);
}
