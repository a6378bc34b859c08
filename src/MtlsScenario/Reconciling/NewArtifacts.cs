namespace MtlsScenario.Reconciling;

/// <summary>What was made for one certificate, as the files will hold it.</summary>
/// <param name="Key">The private key, PEM; null where it stays. Whoever writes it clears it.</param>
/// <param name="Request">The request, PEM; null where it stays.</param>
/// <param name="Certificate">The certificate, PEM; null where it stays.</param>
internal sealed record NewArtifacts(byte[]? Key, byte[]? Request, byte[]? Certificate);
