using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Serving;

/// <summary>
/// A server of HTTP/1.1 and 2 over mutual TLS. It takes no setting from files or the environment, and trusts nothing of the
/// machine.
/// </summary>
internal sealed class MutualTlsServer : IAsyncDisposable
{
    private static readonly TimeSpan s_handshakeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long calls that are being answered may take when the server ends.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    private readonly IHost _host;

    private MutualTlsServer(IHost host) => _host = host;

    /// <summary>Where it listens.</summary>
    public required ListenAddress Address { get; init; }

    /// <summary>Starts it.</summary>
    /// <param name="listen">Where it is to listen; port 0 is any free one.</param>
    /// <param name="handshake">What it does in the handshake.</param>
    /// <param name="answer">What it answers.</param>
    /// <param name="log">Is told of callers who turn it away.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="EnvironmentException">It cannot listen there.</exception>
    public static async Task<MutualTlsServer> StartAsync(
        ListenAddress listen, ServerHandshake handshake, CallerAnswer answer, ServeLog log, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await ResolveAsync(listen, cancellationToken).ConfigureAwait(false);
        IHost host = new HostBuilder()
            .ConfigureLogging(logging => logging
                .AddProvider(new AlertLog(log))
                .AddFilter<AlertLog>("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Debug))
            .ConfigureWebHost(
                web => web
                    .UseKestrelCore()
                    .UseKestrelHttpsConfiguration()
                    .ConfigureKestrel(Listen)
                    .Configure(application => application.Run(answer.AnswerAsync)),
                options => options.SuppressEnvironmentConfiguration = true)
            .Build();
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await ((IAsyncDisposable)host).DisposeAsync().ConfigureAwait(false);
            throw CannotListen(listen, exception);
        }

        return new MutualTlsServer(host) { Address = listen with { Port = PortOf(host) } };

        void Listen(KestrelServerOptions kestrel)
        {
            kestrel.AddServerHeader = false;
            if (addresses.Length == 0)
            {
                kestrel.ListenLocalhost(listen.Port, Secure);
            }

            foreach (IPAddress address in addresses)
            {
                kestrel.Listen(address, listen.Port, Secure);
            }
        }

        void Secure(ListenOptions options)
        {
            options.Protocols = HttpProtocols.Http1AndHttp2;
            options.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = handshake.OptionsFor,
                HandshakeTimeout = s_handshakeTimeout,
            });
            options.Use(next => connection => EndInOrderAsync(next, connection));
        }
    }

    /// <summary>Ends it: no call is accepted any more, and those that are being answered have a moment.</summary>
    public async ValueTask DisposeAsync()
    {
        using var grace = new CancellationTokenSource(s_grace);
        await _host.StopAsync(grace.Token).ConfigureAwait(false);
        await ((IAsyncDisposable)_host).DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Says that the connection is over before it is closed, by close_notify (RFC 8446 section 6.1), which Kestrel leaves out: a
    /// caller could not tell the end from one that an attacker made.
    /// </summary>
    private static async Task EndInOrderAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        await next(connection).ConfigureAwait(false);
        try
        {
            await connection.Features.GetRequiredFeature<ISslStreamFeature>().SslStream.ShutdownAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or ObjectDisposedException)
        {
            // The caller was gone first.
        }
    }

    /// <summary>The addresses of the host; none for <c>localhost</c>, of which Kestrel knows both.</summary>
    private static async Task<IPAddress[]> ResolveAsync(ListenAddress listen, CancellationToken cancellationToken)
    {
        if (string.Equals(listen.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            // Two addresses would get two free ports.
            return listen.Port == 0 ? [IPAddress.Loopback] : [];
        }

        try
        {
            return IPAddress.TryParse(listen.Host, out IPAddress? address)
                ? [address]
                : await Dns.GetHostAddressesAsync(listen.Host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            throw new EnvironmentException(
                $"this machine has no address for {VisibleText.Quoted(listen.Host)}", $"--listen localhost:{listen.Port} listens here");
        }
    }

    private static EnvironmentException CannotListen(ListenAddress listen, Exception exception)
    {
        SocketError? error = ((exception as SocketException) ?? Causes(exception).OfType<SocketException>().FirstOrDefault())?.SocketErrorCode;
        bool isInUse = error == SocketError.AddressAlreadyInUse || Causes(exception).Any(cause => cause is AddressInUseException);
        string why = isInUse ? "the port is in use" : error switch
        {
            SocketError.AccessDenied => "permission denied",
            SocketError.AddressNotAvailable => "the address is not of this machine",
            _ => VisibleText.Of(exception.Message.TrimEnd('.')),
        };
        return new EnvironmentException($"cannot listen on {listen}: {why}", "--listen HOST:PORT listens elsewhere; port 0 is any free one");
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private static int PortOf(IHost host) => new Uri(
        host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;
}
