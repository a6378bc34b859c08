namespace MtlsScenario.Reconciling;

/// <summary>That a file of a format is written, and what becomes of the one that is there.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Replaces">SHA-256 of what was read in its place; null where nothing was there.</param>
/// <param name="IsDerived">Whether what is there may go: there is no key in it, or none but the one that its certificate has.</param>
internal sealed record FormatFinding(Reason Reason, ReadOnlyMemory<byte>? Replaces = null, bool IsDerived = true);
