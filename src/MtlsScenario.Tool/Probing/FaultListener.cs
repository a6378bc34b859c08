using System.Net;
using System.Net.Sockets;
using MtlsScenario.Diagnostics;
using MtlsScenario.Faults;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Probing.Schemes;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace MtlsScenario.Tool.Probing;

/// <summary>A port on which a server with a fault listens, and what clients did there.</summary>
internal sealed class FaultListener : IDisposable
{
    /// <summary>A client that is run ends its connection when it ends; this only ends a hang.</summary>
    private const int Patience = 120_000;

    private static readonly byte[] s_answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"u8.ToArray();
    private readonly TcpListener _listener;
    private readonly Scheme _scheme;
    private readonly BcTlsCrypto _crypto = new(new SecureRandom());
    private readonly List<Task> _calls = [];
    private readonly Lock _observing = new();
    private readonly Task _accepting;
    private ClientObservation? _observed;
    private (Forged.Identity Identity, FaultManner Manner, ProtocolVersion[] Versions) _shown;

    private FaultListener(TcpListener listener, Scheme scheme)
    {
        (_listener, _scheme) = (listener, scheme);
        _accepting = AcceptLoop.RunAsync(listener, Take);
    }

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Listens.</summary>
    /// <param name="host">A name or an address of this machine.</param>
    /// <param name="port">The port; 0 for any.</param>
    /// <param name="scheme">What clients speak.</param>
    /// <param name="cancellationToken">Ends the search for the address early.</param>
    /// <exception cref="EnvironmentException">It cannot be listened there.</exception>
    public static async Task<FaultListener> StartAsync(string host, int port, Scheme scheme, CancellationToken cancellationToken)
    {
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
            var listener = new TcpListener(addresses.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0], port);
            listener.Start();
            return new FaultListener(listener, scheme);
        }
        catch (SocketException exception)
        {
            throw new EnvironmentException($"nobody can listen on {new ListenAddress(host, port)}: {exception.Message}");
        }
    }

    /// <summary>Shows another fault from now on, and forgets what clients did.</summary>
    public void Show(Forged.Identity identity, FaultManner manner, params ProtocolVersion[] versions)
    {
        lock (_observing)
        {
            (_shown, _observed) = ((identity, manner, versions), null);
        }
    }

    /// <summary>What clients did since, when all that called are done; null where nobody began TLS.</summary>
    /// <param name="patience">How long those that are not done may take; null for as long as they want.</param>
    public async Task<ClientObservation?> ObservedAsync(TimeSpan? patience = null)
    {
        Task[] calls;
        lock (_observing)
        {
            calls = [.. _calls];
        }

        await (await Task.WhenAny(Task.WhenAll(calls), Task.Delay(patience ?? Timeout.InfiniteTimeSpan)).ConfigureAwait(false)).ConfigureAwait(false);
        lock (_observing)
        {
            return _observed is { IsCalled: true } ? _observed : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _accepting.Wait();
    }

    private void Take(Socket socket)
    {
        lock (_observing)
        {
            (Forged.Identity identity, FaultManner manner, ProtocolVersion[] versions) = _shown;
            _calls.RemoveAll(call => call.IsCompleted);
            _calls.Add(Task.Run(() => Serve(socket, new FaultServerEnd(_crypto, identity, manner, versions))));
        }
    }

    private void Serve(Socket socket, FaultServerEnd server)
    {
        socket.ReceiveTimeout = socket.SendTimeout = Patience;
        using var connection = new HeldStream(new NetworkStream(socket, ownsSocket: true));
        ClientObservation observed = Play(connection, server);
        lock (_observing)
        {
            _observed = observed.Or(_observed);
        }
    }

    private ClientObservation Play(HeldStream connection, FaultServerEnd server)
    {
        try
        {
            _scheme.Welcome(connection);
            var protocol = new TlsServerProtocol(connection);
            protocol.Accept(server);
            byte[] buffer = new byte[4096];
            if (protocol.Stream.Read(buffer, 0, buffer.Length) == 0)
            {
                return new ClientObservation(server.IsCalled, false, connection.Ended ?? "it ended the connection without a word", null);
            }

            protocol.Stream.Write(_scheme.Protocol is null ? [] : s_answer);
            protocol.Close();
            return new ClientObservation(server.IsCalled, true, "it sent its request", null);
        }
        catch (TlsFatalAlertReceived exception)
        {
            return new ClientObservation(server.IsCalled, false, AlertText.Of(exception.AlertDescription), exception.AlertDescription);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            string words = connection.TimedOut ? "it said nothing more" : connection.Ended ?? VisibleText.Of(exception.GetBaseException().Message);
            return new ClientObservation(server.IsCalled, false, words, null);
        }
    }
}
