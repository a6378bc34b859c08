using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MtlsScenario.Configs;
using Xunit;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>
/// Runs each program as it is configured against forgers, who have all that can be copied of an authority and not its key. Where
/// the real one gets through, none of them does.
/// </summary>
public sealed class ForgedChainTests
{
    public static TheoryData<string, string> Servers => new()
    {
        { nameof(ConfigProgram.Node), "root" },
        { nameof(ConfigProgram.Node), "ica" },
        { nameof(ConfigProgram.OpenSsl), "root" },
        { nameof(ConfigProgram.OpenSsl), "ica" },
        { nameof(ConfigProgram.Nginx), "root" },
        { nameof(ConfigProgram.Haproxy), "root" },
        { nameof(ConfigProgram.Apache), "root" },
        { nameof(ConfigProgram.Kestrel), "root" },
        { nameof(ConfigProgram.Kestrel), "ica" },
        { nameof(ConfigProgram.Java), "root" },
        { nameof(ConfigProgram.Java), "ica" },
        { nameof(ConfigProgram.Go), "root" },
        { nameof(ConfigProgram.Go), "ica" },
        { nameof(ConfigProgram.Python), "root" },
        { nameof(ConfigProgram.Python), "ica" },
        { ServedParty.Serve, "root" },
        { ServedParty.Serve, "ica" },
    };

    public static TheoryData<string, string> Clients => new()
    {
        { nameof(ConfigProgram.Curl), "root" },
        { nameof(ConfigProgram.Curl), "ica" },
        { nameof(ConfigProgram.Node), "root" },
        { nameof(ConfigProgram.Node), "ica" },
        { nameof(ConfigProgram.OpenSsl), "root" },
        { nameof(ConfigProgram.OpenSsl), "ica" },
        { nameof(ConfigProgram.DotNet), "root" },
        { nameof(ConfigProgram.DotNet), "ica" },
        { nameof(ConfigProgram.Java), "root" },
        { nameof(ConfigProgram.Java), "ica" },
        { nameof(ConfigProgram.Go), "root" },
        { nameof(ConfigProgram.Go), "ica" },
        { nameof(ConfigProgram.Python), "root" },
        { nameof(ConfigProgram.Python), "ica" },
        { ServedParty.Call, "root" },
        { ServedParty.Call, "ica" },
    };

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_server_lets_no_forger_in(string program, string anchor)
    {
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party == "bob" ? certificate with { Trusts = [anchor] } : certificate);
        await using IAsyncDisposable server = await ConfiguredPrograms.StartAsync(made, program);
        int port = made.Scenario.Party("bob").Called!.Listen.Port;
        var calls = new CurlCalls(made);
        ForgedChain[] all = [.. Forge(made, "amy_client")];
        for (int index = 0; index < all.Length; index++)
        {
            File.WriteAllText(made.At($"forged{index}.crt"), all[index].Chain);
            File.WriteAllText(made.At($"forged{index}.key"), all[index].Key);
            calls.Add(port, $"forged{index}.crt", $"forged{index}.key");
        }

        calls.Add(port, "amy_client.chain.crt", "amy_client.key");
        string[] statuses = await calls.RunAsync();

        // nginx says it over HTTP, all others in the handshake.
        Assert.Equal([], all.Where((_, index) => statuses[index] is not ("000" or "400")).Select(forged => forged.Name));
        Assert.Equal("200", statuses[^1]);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_client_takes_no_forger_for_its_server(string program, string anchor)
    {
        using ConfiguredScenario made = ConfiguredScenario.Create((party, certificate) => party == "bob"
            ? certificate with { Certificate = certificate.Certificate with { Issuer = "ica" } }
            : certificate with { Trusts = [anchor] });
        Func<Task<bool>> call = await ConfiguredPrograms.CallerAsync(made, program);

        Assert.True(await ReachesAsync("bob_server.crt", "bob_server.chain.crt", "bob_server.key"));
        List<string> believed = [];
        foreach (ForgedChain forged in Forge(made, "bob_server").Concat(Misnamed(made)))
        {
            File.WriteAllText(made.At("forged.crt"), forged.Chain);
            File.WriteAllText(made.At("forged.key"), forged.Key);
            if (await ReachesAsync("forged.crt", "forged.crt", "forged.key"))
            {
                believed.Add(forged.Name);
            }
        }

        Assert.Equal([], believed);

        // A server that takes whoever calls, as a forger's would. What follows the certificate in the file of the chain is sent too.
        async Task<bool> ReachesAsync(string certificate, string chain, string key)
        {
            int port = made.Scenario.Party("bob").Called!.Listen.Port;
            await File.WriteAllTextAsync(made.At("rest.crt"), Rest(await File.ReadAllTextAsync(made.At(chain))));

            // Java waits for more after what openssl answers.
            string[] command = program == nameof(ConfigProgram.Java)
                ? ["node", "-e", string.Create(CultureInfo.InvariantCulture, $"const read = require('fs').readFileSync; require('https').createServer({{ cert: read('{chain}'), key: read('{key}') }}, (request, response) => response.end('{ConfiguredPrograms.Answer}')).listen({port}, 'localhost')")]
                : ["openssl", "s_server", "-accept", $"localhost:{port}", "-cert", certificate, "-cert_chain", "rest.crt", "-key", key, "-www", "-quiet"];
            await using RunningProgram server = await RunningProgram.StartServerAsync(made.Folder, port, command);
            return await call();
        }
    }

    private static IEnumerable<ForgedChain> Forge(ConfiguredScenario made, string stem)
    {
        using X509Certificate2 leaf = made.Load(stem), intermediate = made.Load("ica"), root = made.Load("root");
        foreach (ForgedChain forged in ForgedChains.Of(leaf, intermediate, root))
        {
            yield return forged;
        }
    }

    /// <summary>Servers that the real authority certified, whose names end where the called one does only for who stops at a NUL.</summary>
    private static IEnumerable<ForgedChain> Misnamed(ConfiguredScenario made)
    {
        const string Name = "localhost\0.evil.example";
        byte[] item = [0x82, (byte)Name.Length, .. Encoding.ASCII.GetBytes(Name)];
        foreach (bool isCommonName in new[] { true, false })
        {
            using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using X509Certificate2 issuer = made.Load("ica");
            using ECDsa issuerKey = issuer.GetECDsaPrivateKey()!;
            var subject = new X500DistinguishedNameBuilder();
            subject.AddCommonName(isCommonName ? Name : "eve");
            var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
            if (!isCommonName)
            {
                request.CertificateExtensions.Add(new X509Extension("2.5.29.17", [0x30, (byte)item.Length, .. item], critical: false));
            }

            using X509Certificate2 leaf = request.Create(
                issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), issuer.NotBefore, issuer.NotAfter, [1, .. RandomNumberGenerator.GetBytes(8)]);
            yield return new ForgedChain(
                isCommonName ? "a NUL in the CN" : "a NUL in a DNS name",
                $"{leaf.ExportCertificatePem()}\n{issuer.ExportCertificatePem()}\n",
                key.ExportPkcs8PrivateKeyPem());
        }
    }

    /// <summary>The certificates after the first, or the first where it stands alone: the option wants a file that has one.</summary>
    private static string Rest(string chain)
    {
        const string End = "-----END CERTIFICATE-----\n";
        int first = chain.IndexOf(End, StringComparison.Ordinal) + End.Length;
        return first < chain.Length ? chain[first..] : chain;
    }
}
