using System.Globalization;
using MtlsScenario.Interop.Tests.Scripting;
using MtlsScenario.Model;
using MtlsScenario.Tool.Tests;
using MtlsScenario.X509;
using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Issuance;

/// <summary>ML-DSA against OpenSSL 3.5 and 3.6: each reads and verifies what the other made.</summary>
[Trait(LongRun.Category, LongRun.Long)]
public sealed class MlDsaTests(ITestOutputHelper output) : IDisposable
{
    private static readonly KeyAlgorithm[] _sizes = [KeyAlgorithm.MlDsa44, KeyAlgorithm.MlDsa65, KeyAlgorithm.MlDsa87];

    private readonly OpenSslFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("3.5")]
    [InlineData("3.6")]
    public async Task A_key_of_openssl_is_read_in_all_forms_and_the_seed_alone_is_written(string version)
    {
        _folder.Program = OpenSslPrograms.Needed(version);
        foreach (KeyAlgorithm size in _sizes)
        {
            string name = KeyDescription.Of(size).Text;
            await _folder.RunAsync("genpkey", "-algorithm", name, "-provparam", "ml-dsa.output_formats=seed-only", "-out", "seed-only.key");
            foreach (string form in new[] { "seed-priv", "priv-only" })
            {
                await _folder.RunAsync("pkey", "-in", "seed-only.key", "-provparam", $"ml-dsa.output_formats={form}", "-out", $"{form}.key");
            }

            await _folder.RunAsync("pkey", "-in", "seed-only.key", "-pubout", "-outform", "DER", "-out", "public.der");
            foreach (string form in new[] { "seed-only", "seed-priv", "priv-only" })
            {
                byte[] pem = _folder.Read($"{form}.key");
                using PrivateKey key = Assert.IsType<KeyReadResult.Read>(PrivateKey.ReadPem(pem)).Key;
                Assert.Equal(size, key.Algorithm);
                Assert.Equal(_folder.Read("public.der"), key.SubjectPublicKeyInfo.ToArray());

                // Where the seed is known it is what is written; it cannot be had from the expanded key.
                Assert.Equal(form == "priv-only" ? pem : _folder.Read("seed-only.key"), key.ExportPem());
            }

            byte[] both = _folder.Read("seed-priv.key");
            Assert.True(Pem.TryDecode(both, Pem.PrivateKey, out byte[] der));
            der[^1] ^= 1;
            Assert.Equal(
                $"the seed and the expanded {name} key are not the same key",
                Assert.IsType<KeyReadResult.Unreadable>(PrivateKey.ReadPem(Pem.Encode(Pem.PrivateKey, der))).Reason);
        }
    }

    /// <summary>Both verify every certificate and request, and one of them in turn plays both ends of the connection.</summary>
    [Fact]
    public async Task Random_layouts_verify_and_connect()
    {
        int count = LongRun.Count("ML_DSA", brief: 6, atLength: 1_000);
        var random = new Random();
        using var work = new WorkFolder();
        int certificates = 0, rejections = 0;
        for (int index = 0; index < count; index++)
        {
            KeyAlgorithm[] keys = [.. Enumerable.Range(0, 4).Select(_ => random.Next(4) == 0 ? KeyAlgorithm.EcP256 : _sizes[random.Next(3)])];
            bool isRejected = random.Next(4) == 0;
            string yaml = string.Create(CultureInfo.InvariantCulture, $$"""
                name: r{{index}}
                authorities:
                  root: { subject: /CN=root {{index}}, key: {{KeyNames.Of(keys[0])}} }
                  middle: { subject: /CN=middle, issuer: root, key: {{KeyNames.Of(keys[1])}}, pathLength: {{random.Next(3)}} }
                  other: { subject: /CN=root {{index}}, key: {{KeyNames.Of(keys[0])}} }
                parties:
                  bob: { server: { subject: /O=Acme {{random.Next()}}/CN=localhost, issuer: middle, key: {{KeyNames.Of(keys[2])}}, trusts: [{{(isRejected ? "other" : "root")}}] } }
                  amy: { client: { subject: /CN=amy, issuer: {{(random.Next(2) == 0 ? "root" : "middle")}}, key: {{KeyNames.Of(keys[3])}}, names: ["uri:spiffe://example/{{random.Next()}}"] } }
                connections: [{ from: amy, to: bob, tls: "1.3", expect: {{(isRejected ? "rejected" : "accepted")}} }]
                """);
            string file = work.Write($"r{index}.yaml", yaml), folder = work.PathOf($"r{index}");
            using (var issued = IssuedScenario.Issue(ScenarioLoader.Parse(yaml)))
            {
                issued.WriteTo(folder);
            }

            foreach (string version in new[] { "3.5", "3.6" })
            {
                _folder.Program = OpenSslPrograms.Needed(version);
                string said = await _folder.RunAsync(
                    "verify", "-x509_strict", "-CAfile", $"{folder}/root.crt", "-untrusted", $"{folder}/middle.crt",
                    $"{folder}/middle.crt", $"{folder}/bob_server.crt", $"{folder}/amy_client.crt");
                Assert.Equal(3, said.Split(": OK\n").Length - 1);
                Assert.Contains("verify OK", await _folder.RunAsync("req", "-verify", "-noout", "-in", $"{folder}/bob_server.csr"), StringComparison.Ordinal);
            }

            var setup = new InProcessSetup
            {
                Variables = new Dictionary<string, string> { ["OPENSSL"] = OpenSslPrograms.Of(index % 2 == 0 ? "3.5" : "3.6"), ["PATH"] = Environment.GetEnvironmentVariable("PATH")! },
            };
            ToolRun tried = await work.RunInProcessAsync(setup, "test", file, "--stack", "openssl");
            Assert.True(tried.ExitCode == 0 && tried.Output.EndsWith("\n1 passed, 0 failed\n", StringComparison.Ordinal), $"{yaml}\n{tried.Output}{tried.Error}");
            certificates += 4;
            rejections += isRejected ? 1 : 0;
            Directory.Delete(folder, recursive: true);
        }

        LongRun.Report(output, string.Create(
            CultureInfo.InvariantCulture,
            $"ML-DSA: {count} random layouts, {certificates} certificates, all verified by OpenSSL 3.5 and by 3.6; {count - rejections} connections accepted and {rejections} rejected by s_server and s_client of the two in turn"));
    }
}
