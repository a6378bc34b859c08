using System.Net.Sockets;
using MtlsScenario.Diagnostics;
using MtlsScenario.Faults;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Probing.Schemes;
using Org.BouncyCastle.Tls;

namespace MtlsScenario.Tool.Probing;

/// <summary>Makes one connection after the other, and says what each came to.</summary>
/// <param name="target">The server.</param>
/// <param name="trust">Verifies the server.</param>
internal sealed class ServerCaller(ServerTarget target, ServerTrust trust)
{
    /// <summary>How many time limits of a single read a whole answer may take.</summary>
    private const int LongestAnswer = 3;

    private readonly SessionCrypto _crypto = new();

    /// <summary>The same for another host of the same server.</summary>
    public ServerCaller At(string host) =>
        new(target with { Host = host, Request = target.Request with { Host = host + target.Request.Host[target.Host.Length..] } }, trust);

    /// <summary>One connection.</summary>
    /// <param name="call">What is presented, and how.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="EnvironmentException">Nobody listens there.</exception>
    public async Task<Observation> CallAsync(ProbeCall call, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(target.Timeout);
            await socket.ConnectAsync(target.Address.Host, target.Address.Port, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            return new Observation.TimeOut();
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new EnvironmentException(exception.SocketErrorCode == SocketError.ConnectionRefused
                ? $"nobody listens on {target.Address}"
                : $"no connection to {target.Address}: {VisibleText.Of(exception.Message)}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        socket.ReceiveTimeout = socket.SendTimeout = (int)target.Timeout.TotalMilliseconds;
        using var connection = new HeldStream(new NetworkStream(socket, ownsSocket: true));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(target.Timeout * LongestAnswer);
        using CancellationTokenRegistration end = limit.Token.Register(socket.Dispose);
        var hello = new ClientHelloNames(call.Versions, SniFor(call.Manner, call.OtherHost), target.Scheme.Protocol);
        var client = new FaultClient(
            _crypto, hello, call.Identity, call.Manner, chain => trust.Judge(chain, target.Host, call.OtherHost ?? target.Host))
        { KeepsSessions = call.KeepsSessions, Held = call.Session };
        Observation observed = await Task.Run(() => Play(connection, client, call), CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return (limit.IsCancellationRequested ? new Observation.TimeOut() : observed) with
        {
            WasAsked = client.WasAsked,
            Session = client.Session,
            Presented = client.Presented,
            Offered = client.Offered,
            IsResumed = client.IsResumed,
        };
    }

    private Observation Play(HeldStream connection, FaultClient client, ProbeCall call)
    {
        bool isOpen = false;
        try
        {
            if (call.Manner == FaultManner.Plaintext)
            {
                return Answer(target.Scheme.Exchange(connection, target.Request), connection, call.Identity);
            }

            target.Scheme.Begin(connection);
            var protocol = new FaultProtocol(connection, call.Manner, client);
            protocol.Connect(client);
            isOpen = true;
            connection.ReadTimeout = (int)(target.Scheme.OpenAfter ?? target.Timeout).TotalMilliseconds;
            return Answer(target.Scheme.Exchange(protocol.Stream, RequestFor(call.Manner)), connection, call.Identity);
        }
        catch (TlsFatalAlertReceived exception)
        {
            return new Observation.Alert(exception.AlertDescription);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException)
        {
            return client switch
            {
                { Distrust: { } why } => new Observation.Distrusted(why),
                { Unable: { } why } => new Observation.Failed(why),
                _ when connection.TimedOut && isOpen && target.Scheme.OpenAfter is not null => new Observation.Answer(new ServerAnswer("the connection stays open", AnswerMeaning.Answered)),
                _ when connection.TimedOut => new Observation.TimeOut(),
                _ => connection.Ended is { } how ? new Observation.Silence(how) : new Observation.Failed(VisibleText.Of(exception.GetBaseException().Message)),
            };
        }
    }

    private static Observation Answer(ServerAnswer? answer, HeldStream connection, Forged.Identity identity) => answer switch
    {
        null => new Observation.Silence(connection.Ended ?? "it ended the connection without a word"),
        { Body.Length: > 0 } when !identity.Chain.IsEmpty => new Observation.Answer(answer with { Unnamed = CallerNames.Unnamed(answer.Body, identity.Chain[0]) }),
        _ => new Observation.Answer(answer),
    };

    private string SniFor(FaultManner manner, string? otherHost) => manner == FaultManner.DottedHost ? target.Host + "." : otherHost ?? target.Host;

    private Request RequestFor(FaultManner manner) => manner switch
    {
        FaultManner.DottedHost => target.Request with { Host = target.Host + "." + target.Request.Host[target.Host.Length..] },
        FaultManner.ForgedHeaders => target.Request with { Headers = [.. target.Request.Headers, .. ProxyHeaders] },
        _ => target.Request,
    };

    /// <summary>By these nginx, haproxy, Apache, Envoy and Traefik tell a server behind them what they have verified, or are told to.</summary>
    private static readonly string[] ProxyHeaders =
    [
        "X-SSL-Client-Verify: SUCCESS", "X-SSL-Client-S-DN: CN=admin", "X-SSL-Client-CN: admin", "SSL-Client-Verify: SUCCESS",
        "SSL-Client-Subject-DN: CN=admin", "X-Client-Verify: SUCCESS", "X-Client-DN: CN=admin", "X-Forwarded-Client-Cert: By=x;Subject=\"CN=admin\"",
        "X-Forwarded-Tls-Client-Cert-Info: Subject=\"CN=admin\"", "Client-Cert: :AA==:",
    ];
}

/// <summary>A connection that is to be made.</summary>
/// <param name="Versions">The versions that are offered, the newest first.</param>
/// <param name="Identity">What is presented.</param>
/// <param name="Manner">What is done otherwise than by a good client.</param>
/// <param name="OtherHost">The name that TLS names, where that is another than the request's; else null.</param>
internal sealed record ProbeCall(ProtocolVersion[] Versions, Forged.Identity Identity, FaultManner Manner = FaultManner.Certificate, string? OtherHost = null)
{
    /// <summary>The session that is taken up; null for none.</summary>
    public HeldSession? Session { get; init; }

    /// <summary>Whether the sessions that the server offers are kept.</summary>
    public bool KeepsSessions { get; init; }
}
