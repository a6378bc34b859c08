using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Configs;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Serving;

/// <summary>Calls once, and finds out who turned whom away where the call does not get through.</summary>
/// <param name="settings">Who calls whom.</param>
/// <param name="identity">What the caller has in hand; it stays the caller's.</param>
/// <param name="advice">What to do where the call does not get through.</param>
/// <param name="serversView">What the server would make of the caller, as far as can be told from here; null where it cannot.</param>
internal sealed class MutualTlsClient(
    ClientSettings settings, DotNetIdentity identity, CallAdvice advice, Func<EndRejection?> serversView)
{
    private const int LongestAnswer = 1 << 20;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly CallTarget _target = settings.Target;
    private readonly CallRejections _rejections = new(settings, advice, serversView);
    private PeerJudgement? _judgement;
    private ImmutableArray<PresentedCertificate> _presented = [];
    private (string Version, string Cipher)? _tls;
    private int _connections;

    private string Server => _rejections.Server;

    private ListenAddress Address => _target.ConnectTo ?? new ListenAddress(_target.Host, _target.Url.Port);

    /// <summary>Calls.</summary>
    /// <exception cref="EnvironmentException">Nobody listens there, or nobody answers.</exception>
    public async Task<CallReport> CallAsync(CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            ConnectTimeout = s_patience,
            SslOptions = TlsOptions(),
            PlaintextStreamFilter = (context, _) =>
            {
                // It may be gone when the answer is there.
                var stream = (SslStream)context.PlaintextStream;
                _tls = (CallerReport.VersionText(stream.SslProtocol), stream.NegotiatedCipherSuite.ToString());
                return ValueTask.FromResult(context.PlaintextStream);
            },
            ConnectCallback = (_, cancellation) => ConnectAsync(Address, cancellation),
        };

        using var client = new HttpClient(handler) { Timeout = s_patience, MaxResponseContentBufferSize = LongestAnswer };
        var report = new CallReport(_target.Address);
        try
        {
            using HttpResponseMessage response = await client.GetAsync(_target.Url, cancellationToken).ConfigureAwait(false);
            string answer = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return Connected(report) with { Status = (int)response.StatusCode, Answer = answer, Rejection = RejectionIn(response.StatusCode, answer) };
        }
        catch (HttpRequestException exception)
        {
            return Connected(report) with { Rejection = RejectionIn(exception) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EnvironmentException($"{Server} does not answer within {s_patience.TotalSeconds:0} seconds");
        }
    }

    private CallReport Connected(CallReport report) => report with
    {
        Presented = _presented,
        Tls = _tls?.Version,
        Cipher = _tls?.Cipher,
    };

    private async ValueTask<Stream> ConnectAsync(ListenAddress address, CancellationToken cancellationToken)
    {
        if (_connections++ > 0)
        {
            // HttpClient tries again where a server ends the connection without an answer; one call is one call.
            throw new IOException("The server ended the connection.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new DnsEndPoint(address.Host, address.Port), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private SslClientAuthenticationOptions TlsOptions() => new()
    {
        TargetHost = _target.Host,
        ClientCertificateContext = _target.PresentsNothing ? null : identity.Context,
        CertificateChainPolicy = identity.ChainPolicy(null),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsVerified(certificate as X509Certificate2, chain, errors),
        EnabledSslProtocols = _target.Tls switch
        {
            TlsVersion.Tls12 => SslProtocols.Tls12,
            TlsVersion.Tls13 => SslProtocols.Tls13,
            _ => SslProtocols.Tls12 | SslProtocols.Tls13,
        },
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };

    private bool IsVerified(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        // Equals would take a certificate with the same issuer and serial number for the same.
        IEnumerable<X509Certificate2> others = chain?.ChainPolicy.ExtraStore.Where(other => certificate is null || !other.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)) ?? [];
        _presented = certificate is null ? [] : [PresentedCertificate.Of(certificate), .. others.Select(PresentedCertificate.Of)];
        _judgement = identity.Verifier().Judge(certificate, chain, errors, Side.Server);
        return _judgement.IsAccepted;
    }

    private CallRejection? RejectionIn(HttpStatusCode status, string answer) => (int)status switch
    {
        403 => _rejections.ByServer(RejectionReason.NotAdmitted, "HTTP 403"),

        // nginx verifies in the handshake and says so after it.
        400 when answer.Contains("No required SSL certificate", StringComparison.Ordinal) => _rejections.ByServer(RejectionReason.NoCertificate, "HTTP 400 No required SSL certificate was sent"),
        400 when answer.Contains("SSL certificate error", StringComparison.Ordinal) => _rejections.ByServer(_rejections.Seen, "HTTP 400 The SSL certificate error"),
        _ => null,
    };

    private CallRejection RejectionIn(HttpRequestException exception)
    {
        var failure = new SslFailure(exception);
        if (_judgement is { IsAccepted: false } own)
        {
            return _rejections.ByClient(own.Reason, own.StackMessage);
        }

        if (Causes(exception).Select(cause => TlsAlert.FindIn(cause.Message)).OfType<TlsAlert>().FirstOrDefault() is { } alert)
        {
            return _rejections.ByAlert(alert);
        }

        if (_judgement is null && Causes(exception).OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            throw new EnvironmentException(
                socket.SocketErrorCode == SocketError.ConnectionRefused
                    ? $"nobody listens on {Address}"
                    : $"no connection to {Address}: {VisibleText.Of(socket.Message)}",
                advice.Start);
        }

        if (_judgement is null)
        {
            // There was no certificate to judge: either no version of TLS in common, or no TLS at all.
            throw new EnvironmentException($"{Server} does not speak TLS with this client: {VisibleText.Of(failure.Words)}");
        }

        if (exception.HttpRequestError == HttpRequestError.InvalidResponse)
        {
            throw new EnvironmentException($"{Server} lets the client in, but does not speak HTTP", "say what it speaks, as in amqp://HOST:PORT");
        }

        return _rejections.WithoutAWord();
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
