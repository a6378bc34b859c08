using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using MtlsScenario;
using MtlsScenario.Model;
using Xunit;

namespace Bob.Tests;

public sealed class BobTests
{
    [Fact]
    public async Task Bob_learns_by_SslStream_that_Amy_calls()
    {
        using IssuedScenario issued = IssuedScenario.Issue(ScenarioLoader.Load("amy-bob.yaml"));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var socket = new TcpClient();
        await socket.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        await using var amy = new SslStream(socket.GetStream());
        await using var bob = new SslStream((await listener.AcceptTcpClientAsync()).GetStream());

        await Task.WhenAll(
            amy.AuthenticateAsClientAsync(issued.Certificate("amy", Role.Client).ClientOptions("localhost")),
            bob.AuthenticateAsServerAsync(issued.Certificate("bob", Role.Server).ServerOptions()));
        Assert.Equal("CN=amy-client", bob.RemoteCertificate!.Subject);
    }

    [Fact]
    public async Task Bob_learns_by_Kestrel_that_Amy_calls()
    {
        using IssuedScenario issued = IssuedScenario.Issue(ScenarioLoader.Load("amy-bob.yaml"));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        var tls = new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => new(issued.Certificate("bob", Role.Server).ServerOptions()),
        };
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, at => at.UseHttps(tls)));
        await using WebApplication bob = builder.Build();
        bob.Run(context => context.Response.WriteAsync(context.Connection.ClientCertificate!.Subject));
        await bob.StartAsync();

        using var handler = new SocketsHttpHandler();
        handler.SslOptions = issued.Certificate("amy", Role.Client).ClientOptions("localhost");
        using var amy = new HttpClient(handler);
        Uri address = new UriBuilder(bob.Urls.Single()) { Host = "localhost" }.Uri;
        Assert.Equal("CN=amy-client", await amy.GetStringAsync(address));
    }
}
