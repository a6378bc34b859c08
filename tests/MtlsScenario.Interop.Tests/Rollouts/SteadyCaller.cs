using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MtlsScenario.Interop.Tests.Rollouts;

/// <summary>
/// Somebody who calls a server every ten milliseconds, one call at a time, each on a connection of its own and TLS 1.2 and 1.3 by turns, and
/// counts which are answered and which are lost. It knows nothing of the tool: it is .NET's TLS with files in PEM.
/// </summary>
internal sealed class SteadyCaller : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _lost = new();
    private readonly int _port;
    private readonly Task _calling;
    private volatile Files _files;
    private volatile string _issuer = "";
    private int _answered;

    /// <summary>Begins to call localhost.</summary>
    public SteadyCaller(int port, Files files)
    {
        (_port, _files) = (port, files);
        _calling = Task.Run(CallAsync);
    }

    /// <summary>How many calls were answered with HTTP 200.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Why the others were not.</summary>
    public IReadOnlyCollection<string> Lost => _lost;

    /// <summary>Who issued the certificate that the server showed last.</summary>
    public string Issuer => _issuer;

    /// <summary>Calls with other files from now on, as a client does that reads them anew.</summary>
    public void Use(Files files) => _files = files;

    /// <summary>Waits until so many calls more have ended.</summary>
    public Task MoreAsync(int count)
    {
        int before = Answered + _lost.Count;
        return UntilAsync(() => Answered + _lost.Count >= before + count);
    }

    /// <summary>Waits until a call was lost.</summary>
    public Task UntilLostAsync() => UntilAsync(() => !_lost.IsEmpty);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _calling;
        _end.Dispose();
    }

    private static async Task UntilAsync(Func<bool> isEnough)
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!isEnough())
        {
            await pause.WaitForNextTickAsync(timeout.Token);
        }
    }

    private async Task CallAsync()
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (int call = 0; !_end.IsCancellationRequested; call++)
        {
            try
            {
                string answer = await CallAsync(_files, call % 2 == 0 ? SslProtocols.Tls12 : SslProtocols.Tls13);
                if (answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref _answered);
                }
                else
                {
                    _lost.Enqueue($"call {call}: {answer}");
                }
            }
            catch (Exception exception) when (exception is AuthenticationException or IOException or SocketException)
            {
                _lost.Enqueue($"call {call}: {exception}");
            }

            await pause.WaitForNextTickAsync();
        }
    }

    private async Task<string> CallAsync(Files files, SslProtocols version)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port);
        await using var stream = new SslStream(client.GetStream());
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(files.Anchors);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ClientCertificateContext = SslStreamCertificateContext.Create(files.Certificate, null, offline: true),
            CertificateChainPolicy = policy,
            EnabledSslProtocols = version,
            AllowTlsResume = false,
        });
        _issuer = stream.RemoteCertificate!.Issuer;
        await stream.WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }

    /// <summary>What it calls with. They are left to the garbage collector, for a call may be using them.</summary>
    /// <param name="Certificate">With its key.</param>
    /// <param name="Anchors">What it trusts.</param>
    public sealed record Files(X509Certificate2 Certificate, X509Certificate2Collection Anchors)
    {
        /// <summary>Reads them.</summary>
        public static Files Read(string certificate, string key, string anchors)
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(anchors);
            return new Files(X509Certificate2.CreateFromPemFile(certificate, key), trusted);
        }
    }
}
