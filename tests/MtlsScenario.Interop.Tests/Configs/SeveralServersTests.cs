using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Configs;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>Configurations of several servers in one process of the program.</summary>
public sealed class SeveralServersTests
{
    [Theory]
    [InlineData(nameof(ConfigProgram.Nginx))]
    [InlineData(nameof(ConfigProgram.Haproxy))]
    [InlineData(nameof(ConfigProgram.Apache))]
    public async Task Servers_whose_names_are_alike_let_in_whom_each_admits(string name)
    {
        var program = Enum.Parse<ConfigProgram>(name);
        using ConfiguredScenario made = ConfiguredScenario.Create();
        ServerSettings bob = made.Server(program);
        (string Scenario, string Party, string Admits)[] asked =
        [
            ("shop", "pay-in", "amy-client"), ("shop", "pay_in", "carl-client"), ("Shop", "pay-in", "somebody"), ("shop-pay", "in", "amy-client"), (new string('a', 64), new string('b', 64), "amy-client"), ("shop", "pay-in", "carl-client"),
        ];

        // Of one name in two scenarios of one name haproxy makes no two frontends, and does not start.
        ImmutableArray<(string Scenario, string Party, string Admits)> servers = [.. program == ConfigProgram.Haproxy ? asked[..^1] : asked];
        int[] ports = FreePort.Take(servers.Length);
        await using RunningProgram running = await ServerRunner.StartAsync(made, program, [.. servers.Select((server, index) => bob with
        {
            Scenario = server.Scenario,
            Party = server.Party,
            Listen = new ListenAddress("localhost", ports[index]),
            Admits = [new AdmissionPattern(null, server.Admits)],
        })]);

        for (int index = 0; index < servers.Length; index++)
        {
            Assert.Equal(servers[index].Admits == "amy-client" ? "200" : "403", await CallAsync(made, "amy", ports[index]));
            Assert.Equal(servers[index].Admits == "carl-client" ? "200" : "403", await CallAsync(made, "carl", ports[index]));
        }
    }

    /// <summary>A session that another server opened, or that was opened without a certificate, lets nobody in.</summary>
    [Theory]
    [InlineData(nameof(ConfigProgram.Nginx), true)]
    [InlineData(nameof(ConfigProgram.Haproxy), true)]
    [InlineData(nameof(ConfigProgram.Apache), true)]
    [InlineData(nameof(ConfigProgram.Haproxy), false)]
    [InlineData(nameof(ConfigProgram.Apache), false)]
    public async Task A_session_of_another_server_of_the_process_is_not_resumed(string name, bool isWhole)
    {
        var program = Enum.Parse<ConfigProgram>(name);
        using ConfiguredScenario made = ConfiguredScenario.Create();
        int[] ports = FreePort.Take(3);
        ServerSettings bob = made.Server(program) with { Listen = new ListenAddress("localhost", ports[2]) };
        string others = program switch
        {
            ConfigProgram.Nginx => $$"""
                ssl_protocols TLSv1.2 TLSv1.3;
                ssl_session_cache shared:all:1m;
                ssl_certificate {{made.At("bob_server.crt")}};
                ssl_certificate_key {{made.At("bob_server.key")}};
                server { listen localhost:{{ports[0]}} ssl; ssl_client_certificate {{made.At("other_ca.crt")}}; ssl_verify_client on; }
                server { listen localhost:{{ports[1]}} ssl; }
                """,
            ConfigProgram.Apache => string.Concat(ports[..2].Select((port, index) => $"""
                Listen localhost:{port}
                <VirtualHost localhost:{port}>
                    SSLEngine on
                    SSLCertificateFile {made.At("bob_server.crt")}
                    SSLCertificateKeyFile {made.At("bob_server.key")}
                    {(index == 0 ? $"SSLCACertificateFile {made.At("other_ca.crt")}\nSSLVerifyClient require" : "")}
                    Redirect 200 "/"
                </VirtualHost>

                """)),
            _ => $"""
                {(isWhole ? "" : "global\n    ssl-load-extra-del-ext\n    tune.ssl.cachesize 1000")}
                defaults
                    mode http
                    timeout client 30s
                frontend other
                    bind localhost:{ports[0]} ssl crt bob_server.crt ca-file other_ca.crt verify required
                    http-request return status 200
                frontend open
                    bind localhost:{ports[1]} ssl crt bob_server.crt
                    http-request return status 200

                """,
        };
        await using RunningProgram running = await ServerRunner.StartAsync(made, program, [bob], others);

        int sessions = 0;
        foreach (string version in SessionCall.Versions)
        {
            Assert.Contains(" 200 ", await SessionCall.OpenAsync(made, ports[2], version, "amy_client"), StringComparison.Ordinal);
            await SessionCall.OpenAsync(made, ports[0], version, "mallory_client");
            sessions += SessionCall.HasSession(made) ? 1 : 0;
            Assert.DoesNotContain(" 200 ", await SessionCall.ResumeAsync(made, ports[2], version), StringComparison.Ordinal);
            await SessionCall.OpenAsync(made, ports[1], version);
            sessions += SessionCall.HasSession(made) ? 1 : 0;
            Assert.DoesNotContain(" 200 ", await SessionCall.ResumeAsync(made, ports[2], version), StringComparison.Ordinal);
        }

        Assert.NotEqual(0, sessions);
    }

    private static async Task<string> CallAsync(ConfiguredScenario made, string party, int port) => (await Shell.RunAsync(made.Folder, string.Create(
        CultureInfo.InvariantCulture,
        $"curl -s -o answer.txt -w '%{{http_code}}' --cacert bob_ca.crt --capath /dev/null --key {party}_client.key --cert {(party == "amy" ? "amy_client.chain.crt" : "carl_client.crt")} https://localhost:{port}"))).StandardOutput;
}
