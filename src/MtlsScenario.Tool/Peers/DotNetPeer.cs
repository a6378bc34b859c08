using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Peers;

/// <summary>.NET at one end of a real connection.</summary>
internal sealed class DotNetPeer : IClientPeer, IServerPeer
{
    /// <summary>What it is called.</summary>
    public const string OwnName = "dotnet";

    /// <inheritdoc cref="IClientPeer.Name"/>
    public string Name => OwnName;

    /// <inheritdoc cref="IClientPeer.HasMlDsaAsync"/>
    public Task<bool> HasMlDsaAsync(CancellationToken cancellationToken) => Task.FromResult(MLDsa.IsSupported);

    /// <inheritdoc cref="IClientPeer.CannotPlay"/>
    public string? CannotPlay(Trial trial, EndArtifacts own)
    {
        try
        {
            _ = own.Identity;
            return null;
        }
        catch (NotSupportedException exception)
        {
            return exception.Message;
        }
    }

    /// <inheritdoc/>
    public async Task<EndView> CallAsync(Trial trial, EndArtifacts own, int port, CancellationToken cancellationToken)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port, cancellationToken).ConfigureAwait(false);
        return await new DotNetEnd(trial, own.Identity).CallAsync(connection.GetStream(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IListeningPeer> ListenAsync(Trial trial, EndArtifacts own, CancellationToken cancellationToken) =>
        Task.FromResult<IListeningPeer>(new DotNetListener(trial, own.Identity, cancellationToken));
}
