using System.Globalization;
using CliWrap.Buffered;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Configs;
using Xunit;

namespace MtlsScenario.Interop.Tests.Runtimes;

/// <summary>Runs server and client of grpc-js as they are configured.</summary>
public sealed class GrpcTests
{
    private const string Ok = "OK";
    private const string NotAdmitted = "PERMISSION_DENIED";
    private const string TurnedAway = "UNAVAILABLE";

    /// <summary>Calls with each certificate that it reads of, and prints what becomes of it.</summary>
    private const string Calls = """
        const fs = require('fs');
        const grpc = require('@grpc/grpc-js');
        const text = { requestSerialize: Buffer.from, requestDeserialize: String, responseSerialize: Buffer.from, responseDeserialize: String };
        const Client = grpc.makeGenericClientConstructor({ greet: { path: '/mtls.Greeter/Greet', requestStream: false, responseStream: false, ...text } }, 'Greeter');
        const call = (certificate, key) => new Promise((resolve) => {
          const own = certificate ? [fs.readFileSync(key), fs.readFileSync(certificate)] : [null, null];
          const client = new Client(process.argv[2], grpc.credentials.createSsl(fs.readFileSync('bob_ca.crt'), ...own), { 'grpc.use_local_subchannel_pool': 1 });
          client.greet('hello', { deadline: Date.now() + 20000 }, (error) => {
            client.close();
            resolve(grpc.status[error ? error.code : 0]);
          });
        });
        (async () => {
          for (const line of fs.readFileSync('calls.txt', 'utf8').trim().split('\n')) console.log(await call(...line.split(' ').filter((part) => part !== '-')));
        })();
        """;

    /// <summary>A server that takes whoever calls, as a forger's would, and the client against each of them.</summary>
    private const string Forgers = """
        const fs = require('fs');
        const grpc = require('@grpc/grpc-js');
        const { spawn } = require('child_process');
        const text = { requestSerialize: Buffer.from, requestDeserialize: String, responseSerialize: Buffer.from, responseDeserialize: String };
        const service = { greet: { path: '/mtls.Greeter/Greet', requestStream: false, responseStream: false, ...text } };
        const reaches = (certificate, key) => new Promise((resolve, reject) => {
          const server = new grpc.Server();
          server.addService(service, { greet: (_, done) => done(null, 'reached') });
          const credentials = grpc.ServerCredentials.createSsl(null, [{ cert_chain: fs.readFileSync(certificate), private_key: fs.readFileSync(key) }]);
          server.bindAsync(process.argv[2], credentials, (error) => {
            if (error) return reject(error);
            const client = spawn('node', ['grpc_amy.js'], { stdio: ['ignore', 'pipe', 'ignore'] });
            let said = '';
            client.stdout.on('data', (part) => { said += part; });
            client.on('close', () => { server.forceShutdown(); resolve(said === 'reached'); });
          });
        });
        (async () => {
          for (const line of fs.readFileSync('calls.txt', 'utf8').trim().split('\n')) console.log(await reaches(...line.split(' ')));
        })();
        """;

    [Theory]
    [InlineData("root")]
    [InlineData("ica")]
    public async Task Only_callers_that_are_verified_and_admitted_get_through(string anchor)
    {
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party == "bob" ? certificate with { Trusts = [anchor], Admits = [new(null, "amy-client")] } : certificate);
        await using RunningProgram server = await ServerRunner.StartAsync(made, ConfigProgram.Grpc);
        string[] others = OtherCallers.Write(made);
        string[] answers = await RunAsync(made, Calls, [
            "amy_client.chain.crt amy_client.key", "carl_client.crt carl_client.key", "mallory_client.crt mallory_client.key", "-",
            .. others.Select(name => $"{name}.crt {name}.key"), "amy_client.chain.crt amy_client.key"]);

        Assert.Equal([Ok, anchor == "root" ? NotAdmitted : TurnedAway, TurnedAway, TurnedAway, .. others.Select(_ => TurnedAway), Ok], answers);

        Assert.Contains("Hello, \"amy-client\". This is bob.", await CallAsync(made, "amy"), StringComparison.Ordinal);
        Assert.Equal("", await CallAsync(made, "mallory"));
        Assert.Equal("", await CallAsync(made, "amy", presentsNothing: true));
        foreach (string version in SessionCall.Versions)
        {
            await SessionCall.OpenAsync(made, PortOf(made), version, "amy_client");
            Assert.DoesNotContain("Reused", await SessionCall.ResumeAsync(made, PortOf(made), version), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("root")]
    [InlineData("ica")]
    public async Task A_client_takes_no_forger_for_its_server(string anchor)
    {
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party == "bob"
            ? certificate with { Certificate = certificate.Certificate with { Issuer = "ica" } }
            : certificate with { Trusts = [anchor] });
        made.WriteClient(ConfigProgram.Grpc, "amy");
        using var leaf = made.Load("bob_server");
        using var intermediate = made.Load("ica");
        using var root = made.Load("root");
        ForgedChain[] all = [.. ForgedChains.Of(leaf, intermediate, root)];
        for (int index = 0; index < all.Length; index++)
        {
            File.WriteAllText(made.At($"forged{index}.crt"), all[index].Chain);
            File.WriteAllText(made.At($"forged{index}.key"), all[index].Key);
        }

        string[] answers = await RunAsync(made, Forgers, ["bob_server.chain.crt bob_server.key", .. all.Select((_, index) => $"forged{index}.crt forged{index}.key")]);

        Assert.Equal(["true", .. all.Select(_ => "false")], answers);
    }

    private static int PortOf(ConfiguredScenario made) => made.Scenario.Party("bob").Called!.Listen.Port;

    private static async Task<string> CallAsync(ConfiguredScenario made, string party, bool presentsNothing = false)
    {
        string name = made.WriteClient(ConfigProgram.Grpc, party, presentsNothing: presentsNothing)[0].Name;
        return (await Shell.RunAsync(made.Folder, $"{NodePackages.Variable} node {name}")).StandardOutput;
    }

    private static async Task<string[]> RunAsync(ConfiguredScenario made, string program, IEnumerable<string> calls)
    {
        await File.WriteAllTextAsync(made.At("test.js"), program);
        await File.WriteAllLinesAsync(made.At("calls.txt"), calls);
        BufferedCommandResult result = await Shell.RunAsync(made.Folder, string.Create(CultureInfo.InvariantCulture, $"{NodePackages.Variable} && export NODE_PATH && node test.js localhost:{PortOf(made)}"));
        Assert.True(result.ExitCode == 0, result.StandardError);
        return result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
