namespace MtlsScenario.Tool.Peers;

/// <summary>A program that was to play an end did not do so: it did not start, or ended in a way that says nothing.</summary>
/// <param name="program">What the program is called.</param>
/// <param name="message">What happened, with the end of what the program said.</param>
internal sealed class PeerFailure(string program, string message) : Exception(message)
{
    /// <summary>What the program is called.</summary>
    public string Program => program;
}
