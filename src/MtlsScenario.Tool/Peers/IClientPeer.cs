using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Peers;

/// <summary>Something that can call.</summary>
internal interface IClientPeer
{
    /// <summary>Its name, such as <c>curl</c>.</summary>
    string Name { get; }

    /// <summary>Makes ready what takes its time once and not for each connection.</summary>
    /// <returns>Why it cannot play at all; null where it can.</returns>
    Task<string?> PrepareAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Whether it takes ML-DSA certificates, its own and those of others.</summary>
    Task<bool> HasMlDsaAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Why it cannot play the client of a trial; null where it can.</summary>
    string? CannotPlay(Trial trial, EndArtifacts own);

    /// <summary>Calls 127.0.0.1 at a port, by the name that the trial says, and says how it went.</summary>
    /// <exception cref="PeerFailure">It did not call.</exception>
    Task<EndView> CallAsync(Trial trial, EndArtifacts own, int port, CancellationToken cancellationToken);
}
