namespace MtlsScenario.Handshakes;

/// <summary>That a stack could not play a trial, and another took its place.</summary>
/// <param name="Stack">The name of the one that could not.</param>
/// <param name="Why">Why not: a clause without a full stop.</param>
internal sealed record Substitution(string Stack, string Why);
