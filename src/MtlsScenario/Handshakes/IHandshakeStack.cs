namespace MtlsScenario.Handshakes;

/// <summary>Something that can play both ends of a connection.</summary>
internal interface IHandshakeStack
{
    /// <summary>Its name, such as <c>dotnet</c>.</summary>
    string Name { get; }

    /// <summary>Whether it needs the server's files; not where the server runs already.</summary>
    bool PlaysServer => true;

    /// <summary>How many trials are to run at once, so that the processor is busy.</summary>
    int AtOnce => Environment.ProcessorCount;

    /// <summary>
    /// Tries a handshake. What it cannot play is <see cref="Verdict.NotTried"/>, with the reason, and never accepted.
    /// </summary>
    Task<Verdict> TryAsync(Trial trial, TrialArtifacts artifacts, CancellationToken cancellationToken);
}
