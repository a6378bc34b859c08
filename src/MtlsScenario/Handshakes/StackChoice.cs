namespace MtlsScenario.Handshakes;

/// <summary>A stack that is to play every connection.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Substitute">What takes its place where it cannot play a connection, or null.</param>
internal sealed record StackChoice(IHandshakeStack Stack, IHandshakeStack? Substitute = null);

/// <summary>The stack that took the place of one that could not play a trial.</summary>
/// <param name="Stack">The name of the one that could not.</param>
/// <param name="Why">Why not: a clause without a full stop.</param>
internal sealed record Substitution(string Stack, string Why);
