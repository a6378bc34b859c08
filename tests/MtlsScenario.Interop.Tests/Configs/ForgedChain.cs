namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>A chain of a forger, and the key of its first certificate.</summary>
/// <param name="Name">What is forged.</param>
/// <param name="Chain">The certificates as PEM, leaf first.</param>
/// <param name="Key">The key as PEM.</param>
internal sealed record ForgedChain(string Name, string Chain, string Key);
