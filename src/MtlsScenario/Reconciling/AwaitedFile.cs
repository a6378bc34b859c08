namespace MtlsScenario.Reconciling;

/// <summary>A file that somebody else has to send.</summary>
/// <param name="Stem">Of which certificate.</param>
/// <param name="File">Where it is to be put, relative to the folder.</param>
/// <param name="From">The authority that issues it; null where it is provided with all that it is.</param>
/// <param name="Request">The request that goes to that authority; null where none does.</param>
internal sealed record AwaitedFile(string Stem, string File, string? From, string? Request)
{
    /// <summary>The file that makes it possible to issue it here; null where it is for others to send.</summary>
    public string? After { get; init; }

    /// <summary>Whether one of that authority lies there already, and does until then.</summary>
    public bool IsBridged { get; init; }

    /// <summary>What is done about it: <c>send bob_server.csr to company, and put its certificate there as bob_server.crt</c>.</summary>
    public string Text => this switch
    {
        { After: { } after } => $"{File} is made when {after} is there",
        { Request: { } request } => $"send {request} to {From}, and put its certificate there as {File}",
        { From: { } from } => $"{File} is for {from} to send",
        _ => $"{File} is provided: put it there",
    };
}
