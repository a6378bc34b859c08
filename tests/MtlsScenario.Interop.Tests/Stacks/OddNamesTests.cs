using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Serving;
using MtlsScenario.Tests.Handshakes;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>Callers with odd names, whom openssl presents: who turns them away is who is said to.</summary>
public sealed class OddNamesTests
{
    private static readonly (string Party, string Label)[] _callers =
        [("amy", "amy"), ("nameless", "no name at all"), ("universal", "CN amy, UniversalString"), ("bits", "CN amy, BIT STRING")];

    [Theory]
    [InlineData("openssl", "openssl")]
    [InlineData("node", "Node")]
    [InlineData("nginx", "nginx")]
    [InlineData("dotnet", ".NET")]
    [InlineData("python", "Python")]
    [InlineData("java", "Java", "nameless")]
    [InlineData("go", "Go", "universal", "bits")]
    public async Task A_server_turns_away_whom_it_is_said_to(string server, string name, params string[] turnedAway)
    {
        Stack.Needed(server);
        Needs.Program("openssl");
        using var folder = new ToolFolder();
        string clients = string.Concat(_callers.Select(caller => $"\n  {caller.Party}: {{ client: {{ subject: /CN={caller.Party}, issuer: ca }} }}"));
        folder.Write("odd.yaml", $$"""
            name: odd
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: /CN=ca } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca } }{{clients}}
            connections: [{{string.Join(", ", _callers.Select(caller => $"{caller.Party} -> bob"))}}]
            """);
        await folder.RunToolAsync("apply", "odd.yaml");
        using X509Certificate2 ca = X509Certificate2.CreateFromPemFile(folder.At("odd/ca.crt"), folder.At("odd/ca.key"));
        foreach ((string party, string label) in _callers[1..])
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(await File.ReadAllTextAsync(folder.At($"odd/{party}_client.key")));
            using X509Certificate2 certificate = OddCallers.All.Single(caller => caller.Label == label).Certify(ca, key);
            await File.WriteAllTextAsync(folder.At($"odd/{party}_client.crt"), certificate.ExportCertificatePem() + "\n");
        }

        BufferedCommandResult result = await folder.TryToolAsync("test", "odd.yaml", "--client", "openssl", "--server", server, "--json");

        JsonElement[] results = [.. JsonDocument.Parse(result.StandardOutput).RootElement.GetProperty("results").EnumerateArray()];
        Assert.Equal(8, results.Length);
        Assert.All(results, one =>
        {
            string party = one.GetProperty("from").GetString()!;
            bool isRejected = one.GetProperty("actual").GetProperty("outcome").GetString() == "rejected";
            Assert.Equal((party, turnedAway.Contains(party)), (party, isRejected));

            // What is said of the caller names this stack where it does, and on the right side.
            string said = string.Join(';', one.GetProperty("differences").EnumerateArray().Select(difference => difference.GetString()!).Where(text => text.Contains(party, StringComparison.Ordinal)));
            Assert.Equal(party != "amy", said.Length > 0);
            if (party != "amy")
            {
                string[] sides = said[(said.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split("; ");
                Assert.Contains(name, sides.Single(side => side.Contains(isRejected ? "reject" : "accept", StringComparison.Ordinal)), StringComparison.Ordinal);
            }
        });
    }
}
