namespace MtlsScenario.Handshakes;

/// <summary>A stack that is to play every connection.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Substitute">What takes its place where it cannot play a connection, or null.</param>
internal sealed record StackChoice(IHandshakeStack Stack, IHandshakeStack? Substitute = null);
