using System.Collections.Immutable;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Faults;

/// <summary>What faulty certificates are made from. It owns all keys.</summary>
/// <param name="side">Which end the party is.</param>
/// <param name="chain">What the party presents: certificates in DER, leaf first.</param>
/// <param name="key">The leaf's key.</param>
/// <param name="issuers">The authorities above the leaf, nearest first, up to what the other end trusts.</param>
internal sealed class FaultMaterial(
    Side side, ImmutableArray<ReadOnlyMemory<byte>> chain, PrivateKey key, ImmutableArray<FaultIssuer> issuers) : IDisposable
{
    /// <summary>Which end the party is.</summary>
    public Side Side => side;

    /// <summary>What the party presents: certificates in DER, leaf first.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Chain => chain;

    /// <summary>The leaf's key.</summary>
    public PrivateKey Key => key;

    /// <summary>The authorities above the leaf, nearest first, up to what the other end trusts.</summary>
    public ImmutableArray<FaultIssuer> Issuers => issuers;

    /// <summary>A server's name by which it is called.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>What a client presents that was revoked, where the server asks CRLs.</summary>
    public Forged Revoked { get; init; } = new Forged.DoesNotApply("the scenario lets nobody ask CRLs here");

    /// <summary>The serial number that the authority above a server has revoked, where the client asks CRLs; else null.</summary>
    public ReadOnlyMemory<byte>? RevokedSerial { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        key.Dispose();
        foreach (FaultIssuer issuer in issuers)
        {
            issuer.Key?.Dispose();
        }
    }
}

/// <summary>An authority above the party's certificate.</summary>
/// <param name="Name">Its name in the scenario.</param>
/// <param name="Certificate">Its certificate.</param>
/// <param name="Key">Its key; null where it is not here.</param>
internal sealed record FaultIssuer(string Name, ParsedCertificate Certificate, PrivateKey? Key);
