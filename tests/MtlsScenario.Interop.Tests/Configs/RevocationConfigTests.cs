using MtlsScenario.Configs;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>Runs each program as it is configured to check CRLs: with good ones the other end gets in, and with none that is wrong.</summary>
public sealed class RevocationConfigTests
{
    /// <summary>A serial number that has an octet before it for its sign.</summary>
    private static readonly SerialNumber Highest = new SerialNumber.Fixed(0xFEDCBA98);

    public static TheoryData<string> Servers =>
    [
        nameof(ConfigProgram.Node), nameof(ConfigProgram.OpenSsl), nameof(ConfigProgram.Nginx), nameof(ConfigProgram.Haproxy), nameof(ConfigProgram.Apache), nameof(ConfigProgram.Kestrel), ServedParty.Serve,
        nameof(ConfigProgram.Java), nameof(ConfigProgram.Go), nameof(ConfigProgram.Python),
    ];

    public static TheoryData<string> Clients =>
    [
        nameof(ConfigProgram.Curl), nameof(ConfigProgram.Node), nameof(ConfigProgram.OpenSsl), nameof(ConfigProgram.DotNet), ServedParty.Call,
        nameof(ConfigProgram.Java), nameof(ConfigProgram.Go), nameof(ConfigProgram.Python),
    ];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_server_lets_in_whom_its_CRLs_show_not_to_be_revoked(string program)
    {
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party switch
        {
            "bob" => certificate with { Trusts = ["root"], ChecksRevocation = true },
            "amy" => certificate with { Certificate = certificate.Certificate with { Serial = Highest } },
            _ => certificate,
        });
        int port = made.Scenario.Party("bob").Called!.Listen.Port;

        // Some, as they are configured, read the file for each caller; the others are started anew.
        bool isLive = program is nameof(ConfigProgram.Kestrel) or ServedParty.Serve or nameof(ConfigProgram.Go) or nameof(ConfigProgram.Python);
        IAsyncDisposable? server = null;
        try
        {
            List<string> wrong = [];
            foreach (CrlCase one in CrlCase.For(program))
            {
                one.Write(made, "amy_client", "bob_server.crl");
                if (server is null || !isLive)
                {
                    await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
                    server = await ConfiguredPrograms.StartAsync(made, program);
                }

                var calls = new CurlCalls(made);
                calls.Add(port, "amy_client.chain.crt", "amy_client.key");
                string[] statuses = await calls.RunAsync();

                // nginx says it over HTTP, all others in the handshake.
                wrong.AddRange((one == CrlCase.Good ? statuses is ["200"] : statuses is ["000" or "400" or "403"]) ? [] : [$"{one.Name}: {string.Join(' ', statuses)}"]);
            }

            Assert.Equal([], wrong);
        }
        finally
        {
            await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_client_reaches_a_server_whom_its_CRLs_show_not_to_be_revoked(string program)
    {
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party switch
        {
            "bob" => certificate with { Certificate = certificate.Certificate with { Issuer = "ica", Serial = Highest } },
            "amy" => certificate with { Trusts = ["root"], ChecksRevocation = true },
            _ => certificate,
        });
        int port = made.Scenario.Party("bob").Called!.Listen.Port;
        Func<Task<bool>> call = await ConfiguredPrograms.CallerAsync(made, program);
        string answer = $"require('https').createServer({{ cert: fs.readFileSync('bob_server.chain.crt'), key: fs.readFileSync('bob_server.key') }}, (_, answer) => answer.end('{ConfiguredPrograms.Answer}')).listen({port})";
        await using RunningProgram server = await RunningProgram.StartServerAsync(made.Folder, port, "node", "-e", answer);
        List<string> wrong = [];
        foreach (CrlCase one in CrlCase.For(program))
        {
            one.Write(made, "bob_server", "amy_client.crl");
            wrong.AddRange(await call() == (one == CrlCase.Good) ? [] : [one.Name]);
        }

        Assert.Equal([], wrong);
    }
}
