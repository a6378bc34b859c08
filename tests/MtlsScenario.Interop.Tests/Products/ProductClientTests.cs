using System.Net.Sockets;
using CliWrap.Buffered;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>Runs the clients of databases and brokers as they are configured, against the servers as those are.</summary>
[Collection(nameof(ProductServers))]
public sealed class ProductClientTests(ProductServers servers)
{
    [Theory]
    [InlineData(nameof(ConfigProgram.Postgres))]
    [InlineData(nameof(ConfigProgram.MySql))]
    [InlineData(nameof(ConfigProgram.Mosquitto))]
    [InlineData(nameof(ConfigProgram.Etcd))]
    [InlineData(nameof(ConfigProgram.Stunnel))]
    public async Task A_client_reaches_its_own_server_by_its_name_alone_and_shows_who_it_is(string program)
    {
        ProductServer server = await servers.OfAsync(program);
        bool admits = ConfigPrograms.Of(server.Product.Program).Admits != AdmissionSupport.None;

        Assert.Equal((0, true), await CallAsync(server, "amy"));
        Assert.Equal((0, true), await CallAsync(server, "amy", target => target with { Tls = program == nameof(ConfigProgram.Etcd) ? null : TlsVersion.Tls12 }));
        Assert.Equal(!admits, (await CallAsync(server, "carl")).IsLetIn);
        Assert.False((await CallAsync(server, "mallory")).IsLetIn);
        Assert.False((await CallAsync(server, "late")).IsLetIn);
        Assert.False((await CallAsync(server, "amy", target => target with { PresentsNothing = true })).IsLetIn);

        // The server is there by these, too, but not certified for the one, nor by whom is trusted.
        Assert.False((await CallAsync(server, "amy", target => target with { Url = new UriBuilder(target.Url) { Host = "127.0.0.1" }.Uri })).IsLetIn);
        Assert.False((await CallAsync(server, "amy", anchors: "other_ca.crt")).IsLetIn);
    }

    /// <summary>Runs a client, and whether it says that it was let in.</summary>
    private static async Task<(int ExitCode, bool IsLetIn)> CallAsync(
        ProductServer server, string party, Func<CallTarget, CallTarget>? edit = null, string anchors = "root.crt")
    {
        ConfiguredScenario made = server.Made;
        ConfigProgram program = server.Product.Program;
        ConfigFile file = made.WriteClient(program, party, edit: client => client with
        {
            Target = edit?.Invoke(client.Target) ?? client.Target,
            Files = client.Files with { Anchors = made.At(anchors) },
        })[0];
        if (program == ConfigProgram.Stunnel)
        {
            return (0, await CallStunnelAsync(made, file.Name));
        }

        BufferedCommandResult result = await Shell.RunAsync(made.Folder, program switch
        {
            ConfigProgram.Postgres => $"sh {file.Name} -Atc 'SELECT 6*7'",
            ConfigProgram.MySql => $"mariadb --defaults-file={file.Name} -Ne 'SELECT 6*7'",
            ConfigProgram.Mosquitto => $"timeout 10 sh {file.Name} -d",
            _ => $"timeout 10 sh {file.Name} --dial-timeout=1s --command-timeout=2s put 42 6*7",
        });
        string[] signs = program switch
        {
            // Published, to somebody or to nobody.
            ConfigProgram.Mosquitto => ["PUBACK (Mid: 1, RC:0)", "PUBACK (Mid: 1, RC:16)"],
            ConfigProgram.Etcd => ["OK"],
            _ => ["42"],
        };
        return (result.ExitCode, signs.Any(sign => result.StandardOutput.Contains(sign, StringComparison.Ordinal)));
    }

    /// <summary>Whether what is sent into the socket of stunnel comes back.</summary>
    private static async Task<bool> CallStunnelAsync(ConfiguredScenario made, string name)
    {
        var socket = new UnixDomainSocketEndPoint(made.At(Path.ChangeExtension(name, ".socket")));
        File.Delete(socket.ToString());

        // The port is the server's, which listens already.
        await using RunningProgram stunnel = await RunningProgram.StartServerAsync(made.Folder, made.Scenario.Party("bob").Called!.Listen.Port, "stunnel4", name);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!stunnel.Said.Contains("Configuration successful", StringComparison.Ordinal))
        {
            await pause.WaitForNextTickAsync(limit.Token);
        }

        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(socket, limit.Token);
        await client.SendAsync("42"u8.ToArray(), limit.Token);
        byte[] answer = new byte[2];
        try
        {
            return await client.ReceiveAsync(answer, limit.Token) == 2 && answer is [(byte)'4', (byte)'2'];
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
