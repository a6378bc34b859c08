using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>A certificate that was issued in memory, with its key. It owns the key.</summary>
/// <param name="planned">What was planned.</param>
/// <param name="number">The number of the replica; null outside a fleet.</param>
/// <param name="key">Its private key; null of an external authority whose key was not supplied.</param>
/// <param name="certificate">The certificate, DER.</param>
internal sealed class MadeCertificate(PlannedCertificate planned, int? number, PrivateKey? key, byte[] certificate) : IDisposable
{
    /// <summary>What was planned.</summary>
    public PlannedCertificate Planned => planned;

    /// <summary>The number of the replica; null outside a fleet.</summary>
    public int? Number => number;

    /// <summary>Its private key; null of an external authority whose key was not supplied.</summary>
    public PrivateKey? Key => key;

    /// <summary>The certificate, DER.</summary>
    public ReadOnlyMemory<byte> Certificate => certificate;

    /// <summary>The request, DER; null where none is kept.</summary>
    public ReadOnlyMemory<byte>? Request { get; init; }

    /// <inheritdoc/>
    public void Dispose() => key?.Dispose();
}
