using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Peers;

/// <summary>Something that can be called.</summary>
internal interface IServerPeer
{
    /// <summary>Its name, such as <c>nginx</c>.</summary>
    string Name { get; }

    /// <summary>Makes ready what takes its time once and not for each connection.</summary>
    /// <returns>Why it cannot play at all; null where it can.</returns>
    Task<string?> PrepareAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Whether it takes ML-DSA certificates, its own and those of others.</summary>
    Task<bool> HasMlDsaAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Why it cannot play the server of a trial; null where it can.</summary>
    string? CannotPlay(Trial trial, EndArtifacts own);

    /// <summary>Begins to listen on a free loopback port, for one connection.</summary>
    /// <exception cref="PeerFailure">It does not listen.</exception>
    Task<IListeningPeer> ListenAsync(Trial trial, EndArtifacts own, CancellationToken cancellationToken);
}
