namespace MtlsScenario.Tool.Peers;

/// <summary>A program that was to play an end did not do so: it did not start, or ended in a way that says nothing.</summary>
/// <param name="message">What happened, with the end of what the program said.</param>
internal sealed class PeerFailure(string message) : Exception(message);
