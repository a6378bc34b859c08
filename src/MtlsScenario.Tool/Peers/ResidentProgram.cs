using System.Threading.Channels;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Peers;

/// <summary>
/// A runtime that plays either end by a program that this tool brings along. It is started, and compiled where need be, once
/// for all handshakes of a run.
/// </summary>
/// <param name="lifetime">Ends it, beside disposing of it.</param>
internal abstract class ResidentProgram(CancellationToken lifetime) : IClientPeer, IServerPeer, IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private TemporaryFolder? _folder;
    private ResidentProcess? _process;
    private string? _fault;

    /// <inheritdoc cref="IClientPeer.Name"/>
    public abstract string Name { get; }

    /// <inheritdoc cref="IClientPeer.CannotPlay"/>
    public abstract string? CannotPlay(Trial trial, EndArtifacts own);

    /// <inheritdoc cref="IClientPeer.PrepareAsync"/>
    public async Task<string?> PrepareAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_process is null && _fault is null)
            {
                _folder = new TemporaryFolder();
                ProcessOrder order = await BuildAsync(_folder, lifetime).ConfigureAwait(false);
                _process = new ResidentProcess(order, lifetime);
            }
        }
        catch (PeerFailure failure)
        {
            _fault = failure.Message;
        }
        finally
        {
            _starting.Release();
        }

        return _fault;
    }

    /// <inheritdoc/>
    public async Task<EndView> CallAsync(Trial trial, EndArtifacts own, int port, CancellationToken cancellationToken)
    {
        using var files = new PeerFiles(own);
        (string id, ChannelReader<PeerReport> reports) = _process!.Give(WithFiles(PeerOrder.Client(trial, files, port), trial, files, own));
        try
        {
            return View(await NextAsync(reports, cancellationToken).ConfigureAwait(false), Side.Client);
        }
        finally
        {
            _process.End(id);
        }
    }

    /// <inheritdoc/>
    public async Task<IListeningPeer> ListenAsync(Trial trial, EndArtifacts own, CancellationToken cancellationToken)
    {
        var files = new PeerFiles(own);
        PeerOrder order;
        try
        {
            order = WithFiles(PeerOrder.Server(trial, files), trial, files, own);
        }
        catch
        {
            files.Dispose();
            throw;
        }

        (string id, ChannelReader<PeerReport> reports) = _process!.Give(order);
        var listener = new Listener(this, files, id, reports);
        try
        {
            PeerReport ready = await NextAsync(reports, cancellationToken).ConfigureAwait(false);
            listener.Port = ready.Port ?? throw new PeerFailure(Name, $"{Name} does not listen: {ready.Message}");
            return listener;
        }
        catch
        {
            await listener.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync().ConfigureAwait(false);
        }

        _folder?.Dispose();
        _starting.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes of the program what can be run.</summary>
    /// <exception cref="PeerFailure">It cannot be made.</exception>
    /// <exception cref="EnvironmentException">There is no place for it.</exception>
    protected abstract Task<ProcessOrder> BuildAsync(TemporaryFolder folder, CancellationToken cancellationToken);

    /// <summary>The order with the files that the runtime reads besides PEM, or in its place; by itself, the order.</summary>
    protected virtual PeerOrder WithFiles(PeerOrder order, Trial trial, PeerFiles files, EndArtifacts own) => order;

    /// <summary>That this end turned the other away, as the runtime says it, or null.</summary>
    protected abstract EndRejection? OwnRejection(string code, string words);

    /// <summary>An alert that came, in OpenSSL's words; by itself, what the runtime says.</summary>
    protected virtual string AlertIn(string words) => words;

    private EndView View(PeerReport report, Side side)
    {
        if (report.Exchanged(side) is { } exchanged)
        {
            return exchanged;
        }

        string words = report.Message ?? "";
        if (OpenSslErrorQueue.FaultOfOwnCertificate(words) is not null)
        {
            throw new PeerFailure(Name, $"{Name}: {words}");
        }

        EndRejection? rejects = OwnRejection(report.Code ?? "", words);
        return new EndView
        {
            Rejects = rejects,
            Told = rejects is null && OpenSslErrorQueue.Told(AlertIn(words)) is { } told ? told with { StackMessage = words } : null,
            StackMessage = words,
        };
    }

    private static async Task<PeerReport> NextAsync(ChannelReader<PeerReport> reports, CancellationToken cancellationToken)
    {
        try
        {
            return await reports.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed) when (closed.InnerException is PeerFailure failure)
        {
            throw new PeerFailure(failure.Program, failure.Message);
        }
    }

    /// <summary>A server, for one connection.</summary>
    private sealed class Listener(ResidentProgram program, PeerFiles files, string id, ChannelReader<PeerReport> reports) : IListeningPeer
    {
        /// <inheritdoc/>
        public int Port { get; set; }

        /// <inheritdoc/>
        public async Task<EndView> EndAsync(EndView caller, CancellationToken cancellationToken) =>
            program.View(await NextAsync(reports, cancellationToken).ConfigureAwait(false), Side.Server);

        /// <inheritdoc/>
        public ValueTask DisposeAsync()
        {
            program._process!.End(id);
            files.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
