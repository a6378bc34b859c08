using System.Security.Cryptography;

namespace MtlsScenario.Handshakes;

/// <summary>Both ends in .NET, over a connection in memory: no port, no process.</summary>
internal sealed class DotNetStack : IHandshakeStack
{
    /// <summary>Only what hangs takes so long: a machine that is busy otherwise may need seconds before a handshake gets its turn.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public string Name => "dotnet";

    /// <inheritdoc/>
    public async Task<Verdict> TryAsync(Trial trial, TrialArtifacts artifacts, CancellationToken cancellationToken)
    {
        if (artifacts.UseMlDsa && !MLDsa.IsSupported)
        {
            return new Verdict.NotTried(".NET has no ML-DSA on this machine");
        }

        try
        {
            return await TryAsync(trial, artifacts, (artifacts.Client.Identity, artifacts.Server.Identity), cancellationToken).ConfigureAwait(false);
        }
        catch (NotSupportedException exception)
        {
            return new Verdict.NotTried(exception.Message);
        }
    }

    private static async Task<Verdict> TryAsync(
        Trial trial,
        TrialArtifacts artifacts,
        (DotNetIdentity Client, DotNetIdentity Server) ends,
        CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(s_limit);
        (DuplexStream clientStream, DuplexStream serverStream) = DuplexStream.Pair();
        Task<EndView> called = new DotNetEnd(trial, ends.Server).ServeAsync(serverStream, limited.Token);
        Task<EndView> calling = new DotNetEnd(trial, ends.Client).CallAsync(clientStream, limited.Token);
        try
        {
            await Task.WhenAll(calling, called).ConfigureAwait(false);
            return new BothViews(await calling.ConfigureAwait(false), await called.ConfigureAwait(false))
                .Conclude(trial, artifacts);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Verdict.Inconclusive($"no end within {s_limit.TotalSeconds:0} s");
        }
    }
}
