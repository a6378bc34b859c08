namespace MtlsScenario.Reconciling;

/// <summary>Why nothing can be written, and what would mend it.</summary>
/// <param name="Stem">Of which certificate.</param>
/// <param name="Message">What is in the way.</param>
/// <param name="Hint">What would mend it, or null.</param>
/// <param name="AsksForNewKey">Whether the hint is to ask for a new key of the stem, which a command can do.</param>
internal sealed record Obstacle(string Stem, string Message, string? Hint = null, bool AsksForNewKey = false);
