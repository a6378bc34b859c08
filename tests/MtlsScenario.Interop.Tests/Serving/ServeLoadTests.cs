using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xunit;

namespace MtlsScenario.Interop.Tests.Serving;

/// <summary><c>serve</c> as a process, under many callers of whom a third is bad.</summary>
public sealed class ServeLoadTests
{
    private const int Calls = 1000;
    private const int Connections = 50;

    private const string Scenario = """
        name: load
        defaults: { key: ec-p256 }
        authorities:
          ca: { subject: /CN=load-ca }
          other_ca: { subject: /CN=other-ca }
        parties:
          bob:
            server: { subject: /CN=localhost, issuer: ca, admits: [amy-client] }
          amy:
            client: { subject: /CN=amy-client, issuer: ca }
          carl:
            client: { subject: /CN=carl-client, issuer: ca }
          mallory:
            client: { subject: /CN=amy-client, issuer: other_ca, trusts: [ca] }
        connections:
          - amy -> bob
          - { from: carl, to: bob, expect: rejected, because: not-admitted }
        """;

    [Fact]
    public async Task Every_good_call_is_answered_and_every_bad_one_turned_away_before_and_after_a_renewal()
    {
        using var folder = new ToolFolder();
        folder.Write("load.yaml", Scenario);
        await folder.RunToolAsync("apply", "load.yaml");
        await using ToolServer server = await ToolServer.StartAsync(folder, "serve", "load.yaml", "bob", "--listen", "localhost:0");

        await LoadAsync(folder, server);
        long memory = server.Memory;
        string before = await SerialAsync(folder, server);
        await folder.RunToolAsync("apply", "load.yaml", "--renew");
        await LoadAsync(folder, server);

        Assert.NotEqual(before, await SerialAsync(folder, server));
        Assert.Contains("took up the files that changed", server.Said, StringComparison.Ordinal);

        // Bounded: a second thousand of calls does not cost what the first did.
        Assert.InRange(server.Memory, 0, memory + (64 << 20));
        Assert.InRange(server.OpenFiles, 1, 300);
        Assert.Equal(0, await server.StopAsync());
    }

    /// <summary>Of each fifteen calls, ten are good; five show no certificate, one from another authority, or one not admitted.</summary>
    private static async Task LoadAsync(ToolFolder folder, ToolServer server)
    {
        using X509Certificate2 amy = folder.Load("load/amy_client");
        using X509Certificate2 carl = folder.Load("load/carl_client");
        using X509Certificate2 mallory = folder.Load("load/mallory_client");
        using X509Certificate2 anchor = X509CertificateLoader.LoadCertificateFromFile(folder.At("load/ca.crt"));
        int from = server.Said.Length;
        var expected = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        List<(X509Certificate2? Certificate, string Expected)> clients = [.. Enumerable.Range(0, Calls).Select(number => (number % 15) switch
        {
            0 or 1 => ((X509Certificate2?)null, "turned away"),
            2 or 3 => (mallory, "turned away"),
            4 => (carl, "403"),
            _ => (amy, "200"),
        })];
        await Parallel.ForEachAsync(clients, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (client, cancellation) =>
        {
            string got = await CallAsync(server.Port, client.Certificate, anchor, cancellation);
            lock (seen)
            {
                string key = $"{client.Certificate?.Subject} of {client.Certificate?.Issuer}: ";
                expected[key + client.Expected] = expected.GetValueOrDefault(key + client.Expected) + 1;
                seen[key + got] = seen.GetValueOrDefault(key + got) + 1;
            }
        });

        Assert.Equal(expected.OrderBy(entry => entry.Key, StringComparer.Ordinal), seen.OrderBy(entry => entry.Key, StringComparer.Ordinal));
        await server.WaitUntilSaidAsync(said => Count(said[from..], " rejected ") == clients.Count(client => client.Expected != "200"));
        string said = server.Said[from..];
        Assert.Equal(clients.Count(client => client.Expected == "200"), Count(said, " 200 GET / from \"CN=amy-client\""));
        Assert.Equal(clients.Count(client => client.Certificate is null), Count(said, ": no-certificate"));
        Assert.Equal(clients.Count(client => client.Certificate == mallory), Count(said, ": unknown-issuer"));
        Assert.Equal(clients.Count(client => client.Certificate == carl), Count(said, ": not-admitted"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static async Task<string> SerialAsync(ToolFolder folder, ToolServer server)
    {
        using X509Certificate2 amy = folder.Load("load/amy_client");
        string serial = "";
        await using SslStream stream = await ConnectAsync(server.Port, amy, certificate => serial = certificate.GetSerialNumberString(), CancellationToken.None);
        return serial;
    }

    /// <summary>The status of HTTP, or that the server did not let it come to that.</summary>
    private static async Task<string> CallAsync(int port, X509Certificate2? certificate, X509Certificate2 anchor, CancellationToken cancellationToken)
    {
        try
        {
            await using SslStream stream = await ConnectAsync(port, certificate, _ => { }, cancellationToken);
            Assert.Equal(anchor.Subject, stream.RemoteCertificate!.Issuer);
            await stream.WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellationToken);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            string answer = await reader.ReadToEndAsync(cancellationToken);
            return answer.Split(' ') is ["HTTP/1.1", var status, ..] ? status : "turned away";
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return "turned away";
        }
    }

    private static async Task<SslStream> ConnectAsync(
        int port, X509Certificate2? certificate, Action<X509Certificate> seen, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
                    RemoteCertificateValidationCallback = (_, server, _, _) =>
                    {
                        // Whose it is, the caller looks at; here it is about the server's judgement.
                        seen(server!);
                        return server is not null;
                    },
                    AllowTlsResume = false,
                },
                cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
