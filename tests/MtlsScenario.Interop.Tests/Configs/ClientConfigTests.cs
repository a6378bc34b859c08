using CliWrap.Buffered;
using MtlsScenario.Configs;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>Runs each client as it is configured, against Node's server as that is configured.</summary>
public sealed class ClientConfigTests
{
    [Theory]
    [InlineData(nameof(ConfigProgram.Curl))]
    [InlineData(nameof(ConfigProgram.Node))]
    [InlineData(nameof(ConfigProgram.OpenSsl))]
    [InlineData(nameof(ConfigProgram.DotNet))]
    [InlineData(nameof(ConfigProgram.Java))]
    [InlineData(nameof(ConfigProgram.Go))]
    [InlineData(nameof(ConfigProgram.Python))]
    public async Task A_client_reaches_its_own_server_alone_and_shows_who_it_is(string name)
    {
        var program = Enum.Parse<ConfigProgram>(name);
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party == "bob" ? certificate with { Admits = [new(null, "amy-client")] } : certificate);
        await using RunningProgram bob = await ServerRunner.StartAsync(made, ConfigProgram.Node);
        await using RunningProgram eve = await ServerRunner.StartAsync(made, ConfigProgram.Node, "eve");

        Assert.Contains("Hello, \"amy-client\". This is bob.", await CallAsync(made, program, "amy"), StringComparison.Ordinal);
        Assert.Contains("bob does not admit you.", await CallAsync(made, program, "carl"), StringComparison.Ordinal);
        Assert.DoesNotContain("This is bob.", await CallAsync(made, program, "mallory"), StringComparison.Ordinal);
        Assert.DoesNotContain("This is bob.", await CallAsync(made, program, "amy", presentsNothing: true), StringComparison.Ordinal);
        Assert.DoesNotContain("This is eve.", await CallAsync(made, program, "amy", "eve"), StringComparison.Ordinal);

        // The handshake was what failed, not the connection; and eve let nobody in.
        Assert.Contains("turned away a caller", bob.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("GET from", eve.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(ConfigProgram.Curl))]
    [InlineData(nameof(ConfigProgram.Node))]
    [InlineData(nameof(ConfigProgram.OpenSsl))]
    [InlineData(nameof(ConfigProgram.DotNet))]
    [InlineData(nameof(ConfigProgram.Go))]
    [InlineData(nameof(ConfigProgram.Python))]
    public async Task A_server_has_to_have_the_name_that_was_called_and_a_trust_anchor_may_be_an_intermediate(string name)
    {
        var program = Enum.Parse<ConfigProgram>(name);
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party switch
        {
            "bob" => certificate with { Certificate = WithName(certificate, "bob.example") },
            "eve" => certificate with { Certificate = WithName(certificate, "eve.example") },
            _ => certificate with { Trusts = ["ica"] },
        });
        await using RunningProgram bob = await ServerRunner.StartAsync(made, ConfigProgram.Node);
        await using RunningProgram eve = await ServerRunner.StartAsync(made, ConfigProgram.Node, "eve");

        Assert.Contains("This is bob.", await CallAsync(made, program, "amy", host: "bob.example"), StringComparison.Ordinal);
        Assert.DoesNotContain("This is eve.", await CallAsync(made, program, "amy", "eve", host: "bob.example"), StringComparison.Ordinal);
        Assert.DoesNotContain("This is bob.", await CallAsync(made, program, "amy"), StringComparison.Ordinal);
    }

    /// <summary>Programs that make no context of their own.</summary>
    [Fact]
    public async Task Java_s_argument_files_are_all_that_a_server_and_a_client_need()
    {
        using ConfiguredScenario made = ConfiguredScenario.Create();
        int port = made.Scenario.Party("bob").Called!.Listen.Port;
        string arguments = made.WriteServer(ConfigProgram.Java)[1].Name;
        await File.WriteAllTextAsync(made.At("Plain.java"), $$"""
            import java.net.*; import javax.net.ssl.*;
            class Plain {
                public static void main(String[] arguments) throws Exception {
                    if (arguments.length == 1) {
                        System.out.write(new URL("https://localhost:{{port}}/").openConnection().getInputStream().readAllBytes());
                        System.out.flush();
                        return;
                    }
                    SSLServerSocket server = (SSLServerSocket) SSLServerSocketFactory.getDefault().createServerSocket({{port}}, 50, InetAddress.getByName("localhost"));
                    server.setNeedClientAuth(true);
                    while (true) {
                        try (Socket caller = server.accept()) {
                            caller.setSoTimeout(20000);
                            for (int last = 0, read; (read = caller.getInputStream().read()) >= 0 && !(read == '\n' && last == '\n'); ) if (read != '\r') last = read;
                            caller.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nplain".getBytes());
                        } catch (java.io.IOException exception) {
                            System.err.println(exception);
                        }
                    }
                }
            }
            """);
        await using RunningProgram server = await RunningProgram.StartServerAsync(made.Folder, port, "java", $"@{arguments}", "Plain.java");

        foreach ((string party, string answer) in new[] { ("amy", "plain"), ("mallory", ""), ("late", ""), ("amy", "plain") })
        {
            string own = made.WriteClient(ConfigProgram.Java, party)[1].Name;
            BufferedCommandResult call = await Shell.RunAsync(made.Folder, $"java @{own} Plain.java call");
            Assert.Equal((party, answer), (party, call.StandardOutput));
        }
    }

    private static CertificateSpecification WithName(PartyCertificate certificate, string name) =>
        certificate.Certificate with { Issuer = "ica", Names = [new GeneralName(GeneralNameKind.Dns, name)] };

    /// <summary>Runs the client, and returns what it printed.</summary>
    private static async Task<string> CallAsync(
        ConfiguredScenario made, ConfigProgram program, string party, string server = "bob", bool presentsNothing = false, string? host = null)
    {
        ConfigFile file = made.WriteClient(program, party, server, presentsNothing, host)[0];
        string command = program switch
        {
            ConfigProgram.Node => $"node {file.Name}",
            ConfigProgram.DotNet => $"dotnet run {file.Name}",
            ConfigProgram.Java => $"java {file.Name}",
            ConfigProgram.Go => $"go run {file.Name}",
            ConfigProgram.Python => $"python3 {file.Name}",

            // What reads from a file has to wait for the answer after the file's end.
            ConfigProgram.OpenSsl => $"{file.Text.TrimEnd()} -ign_eof",
            _ => $"sh {file.Name}",
        };
        string request = program == ConfigProgram.OpenSsl ? "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" : "";
        BufferedCommandResult result = await Shell.RunAsync(made.Folder, command, request);
        return result.StandardOutput;
    }
}
