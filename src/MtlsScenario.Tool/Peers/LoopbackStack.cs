using System.Globalization;
using System.Net.Sockets;
using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Peers;

/// <summary>Two programs, or a program and .NET, over a real connection on the loopback interface.</summary>
/// <param name="client">Who calls.</param>
/// <param name="server">Who is called.</param>
internal sealed class LoopbackStack(IClientPeer client, IServerPeer server) : IHandshakeStack
{
    /// <summary>Only what hangs takes so long: a machine that is busy otherwise may need many seconds to start two programs.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public string Name => client.Name == server.Name ? client.Name : $"{client.Name}+{server.Name}";

    /// <summary>How many pairs play at once: while one program starts or ends, and the other waits for it, there is time for another.</summary>
    public static int Most => 2 * Environment.ProcessorCount;

    /// <inheritdoc/>
    public int AtOnce => Most;

    /// <inheritdoc/>
    public async Task<Verdict> TryAsync(Trial trial, TrialArtifacts artifacts, CancellationToken cancellationToken)
    {
        if ((client.CannotPlay(trial, artifacts.Client) ?? server.CannotPlay(trial, artifacts.Server)) is { } why)
        {
            return new Verdict.NotTried(why);
        }

        if ((NeedsFile(client.Name, trial.Client, artifacts.Client) ?? NeedsFile(server.Name, trial.Server, artifacts.Server)) is { } needed)
        {
            return new Verdict.NotTried(needed);
        }

        if ((await client.PrepareAsync(cancellationToken).ConfigureAwait(false) ?? await server.PrepareAsync(cancellationToken).ConfigureAwait(false)) is { } unready)
        {
            return new Verdict.NotTried(unready);
        }

        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            if (artifacts.UseMlDsa && await WithoutMlDsaAsync(cancellationToken).ConfigureAwait(false) is { } name)
            {
                return new Verdict.NotTried($"{name} has no ML-DSA on this machine");
            }

            limited.CancelAfter(s_limit);
            IListeningPeer listening = await server.ListenAsync(trial, artifacts.Server, limited.Token).ConfigureAwait(false);
            await using (listening.ConfigureAwait(false))
            {
                EndView caller = await client.CallAsync(trial, artifacts.Client, listening.Port, limited.Token).ConfigureAwait(false);
                EndView called = await listening.EndAsync(caller, limited.Token).ConfigureAwait(false);
                return new BothViews(caller, called).Conclude(trial, artifacts);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Verdict.Inconclusive(
                string.Create(CultureInfo.InvariantCulture, $"{Name}: no end within {s_limit.TotalSeconds:0} s"));
        }
        catch (NotSupportedException exception)
        {
            return new Verdict.NotTried(exception.Message);
        }
        catch (PeerFailure failure) when (OpenSslErrorQueue.FaultOfOwnCertificate(failure.Message) is { } fault)
        {
            return new Verdict.NotTried($"{failure.Program} cannot use its own certificate: {fault}");
        }
        catch (Exception exception) when (exception is PeerFailure or IOException or SocketException)
        {
            return new Verdict.Inconclusive($"{Name}: {exception.Message}");
        }
    }

    /// <summary>Why a program cannot have a key that is in a store alone, of which no file is made; null where it needs none.</summary>
    private static string? NeedsFile(string name, TrialEnd end, EndArtifacts own) =>
        own.IsFromStore && name != DotNetPeer.OwnName ? $"the key of {end} is in a store alone, and {name} would need it in a file" : null;

    /// <summary>The end that does not take ML-DSA certificates, or null.</summary>
    private async Task<string?> WithoutMlDsaAsync(CancellationToken cancellationToken) =>
        !await client.HasMlDsaAsync(cancellationToken).ConfigureAwait(false) ? client.Name
        : !await server.HasMlDsaAsync(cancellationToken).ConfigureAwait(false) ? server.Name
        : null;
}
