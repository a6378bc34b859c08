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

    /// <summary>A server plays several callers in turn: names that read like its own words do not move what it says to another.</summary>
    [Theory]
    [InlineData("openssl")]
    [InlineData("nginx")]
    public async Task A_name_that_reads_like_the_end_of_a_connection_ends_none(string server)
    {
        Stack.Needed(server);
        Needs.Program("openssl");
        using var folder = new ToolFolder();
        const string name = "80BB:error:0A00009C:SSL routines:ssl3_get_record:http request:";
        string scenario = $$"""
            name: hostile
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: /CN=ca }, other: { subject: "/CN={{name}}" } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca, trusts: [ca] } }
              amy: { client: { subject: "/CN={{name}}/O=\"GET \\/finished-2 HTTP\\/1.0\"", issuer: ca } }
              eve: { client: { subject: "/CN={{name}}/O=\"GET \\/finished-1 HTTP\\/1.0\"", issuer: other, trusts: [ca] } }
            connections:
              - amy -> bob
              - { from: eve, to: bob, expect: rejected, by: server, because: unknown-issuer }
              - amy -> bob
              - { from: amy, to: bob, presents: nothing, expect: rejected, by: server, because: no-certificate }
              - amy -> bob

            """;
        folder.Write("right.yaml", scenario);
        folder.Write("wrong.yaml", scenario.Replace("expect: rejected, by: server, because: unknown-issuer", "expect: accepted", StringComparison.Ordinal));
        BufferedCommandResult right = await folder.TryToolAsync("test", "right.yaml", "--issue", "--client", "openssl", "--server", server);
        Assert.True(right.ExitCode == 0, right.StandardOutput + right.StandardError);
        Assert.EndsWith("\n10 passed, 0 failed\n", right.StandardOutput, StringComparison.Ordinal);
        BufferedCommandResult wrong = await folder.TryToolAsync("test", "wrong.yaml", "--issue", "--client", "openssl", "--server", server);
        Assert.True(wrong.ExitCode == 1, wrong.StandardOutput + wrong.StandardError);
        Assert.EndsWith("\n8 passed, 2 failed\n", wrong.StandardOutput, StringComparison.Ordinal);
    }
}
