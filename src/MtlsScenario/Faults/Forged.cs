using System.Collections.Immutable;

namespace MtlsScenario.Faults;

/// <summary>What came of forging: something to present, or why there is nothing.</summary>
internal abstract record Forged
{
    private Forged()
    {
    }

    /// <summary>Something to present. The keys stay the forge's.</summary>
    /// <param name="Chain">Certificates in DER, in the order in which they are sent; none for no certificate.</param>
    /// <param name="Key">What signs CertificateVerify, PKCS#8 in DER.</param>
    internal sealed record Identity(ImmutableArray<ReadOnlyMemory<byte>> Chain, ReadOnlyMemory<byte> Key) : Forged;

    /// <summary>It could be tried, but not with what is here.</summary>
    /// <param name="Why">A clause without a full stop, fit to be printed.</param>
    internal sealed record NotTried(string Why) : Forged;

    /// <summary>There is no such fault here.</summary>
    /// <param name="Why">A clause without a full stop, fit to be printed.</param>
    internal sealed record DoesNotApply(string Why) : Forged;
}
