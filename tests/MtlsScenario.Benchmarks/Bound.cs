using System.Security.Cryptography;

namespace MtlsScenario.Benchmarks;

/// <summary>What .NET's own cryptography needs for a key and one signature for each leaf, on all cores, and nothing else.</summary>
internal static class Bound
{
    /// <summary>About as much as a leaf's certificate signs.</summary>
    private const int SignedBytes = 300;

    /// <summary>The time of that for <paramref name="leaves"/> leaves with keys on P-256.</summary>
    public static TimeSpan Time(int leaves) => Comparison.Time(() =>
    {
        byte[] signed = new byte[SignedBytes];
        Parallel.For(
            0,
            leaves,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            static () => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            (_, _, issuer) =>
            {
                using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                key.ExportParameters(includePrivateParameters: false);
                issuer.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
                return issuer;
            },
            static issuer => issuer.Dispose());
    });
}
