using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>
/// RSA keys of 1024 bits, made with openssl: who judges one turns it away or not, and who cannot even present one has judged
/// nobody, whatever the other end was told.
/// </summary>
public sealed class WeakKeyTests
{
    private const string NotTried = "not tried";

    [Theory]
    [InlineData("bob_server", "node", "node", "accepted")]
    [InlineData("bob_server", "dotnet", "node", "accepted")]
    [InlineData("bob_server", "openssl", "node", "rejected by client: weak-key")]
    [InlineData("bob_server", "curl", "node", "rejected by client: weak-key")]
    [InlineData("bob_server", "dotnet", "dotnet", NotTried)]
    [InlineData("bob_server", "curl", "dotnet", NotTried)]
    [InlineData("bob_server", "node", "dotnet", NotTried)]
    [InlineData("bob_server", "node", "openssl", NotTried)]
    [InlineData("bob_server", "node", "nginx", NotTried)]
    [InlineData("amy_client", "node", "dotnet", "accepted")]
    [InlineData("amy_client", "node", "openssl", "rejected by server: weak-key")]
    [InlineData("amy_client", "node", "nginx", "rejected by server: weak-key")]
    [InlineData("amy_client", "dotnet", "dotnet", NotTried)]
    [InlineData("amy_client", "dotnet", "nginx", NotTried)]
    [InlineData("amy_client", "openssl", "openssl", NotTried)]
    [InlineData("amy_client", "curl", "openssl", NotTried)]
    public async Task Who_cannot_present_a_certificate_judged_nobody(string stem, string client, string server, string outcome)
    {
        Stack.Needed(client);
        Stack.Needed(server);
        Needs.Program("openssl");
        using var folder = new ToolFolder();
        await folder.RunToolAsync("apply", ShippedScenarios.FileOf("amy-bob"), "-d", "certs");
        await WeakenAsync(folder, stem);

        BufferedCommandResult result = await folder.TryToolAsync(
            "test", ShippedScenarios.FileOf("amy-bob"), "-d", "certs", "--client", client, "--server", server, "--json");

        string[] outcomes = [.. System.Text.Json.JsonDocument.Parse(result.StandardOutput).RootElement
            .GetProperty("results").EnumerateArray().Select(Outcome)];
        Assert.Equal([outcome, outcome], outcomes);
        Assert.Equal(outcome == NotTried ? 3 : outcome == "accepted" ? 0 : 1, result.ExitCode);
    }

    private static string Outcome(System.Text.Json.JsonElement result)
    {
        if (result.GetProperty("status").GetString() == "notTried")
        {
            Assert.Contains("cannot use its own certificate: ee key too small", result.GetProperty("said").GetString(), StringComparison.Ordinal);
            return NotTried;
        }

        System.Text.Json.JsonElement actual = result.GetProperty("actual");
        string? because = actual.GetProperty("because").GetString();
        return because is null ? actual.GetProperty("outcome").GetString()! : $"rejected by {actual.GetProperty("by").GetString()}: {because}";
    }

    private static async Task WeakenAsync(ToolFolder folder, string stem)
    {
        string purpose = stem.EndsWith("server", StringComparison.Ordinal) ? "serverAuth" : "clientAuth";
        await File.WriteAllTextAsync(folder.At("ext"), $"subjectAltName=DNS:localhost\nextendedKeyUsage={purpose}\n");
        foreach (string[] arguments in (string[][])
        [
            ["genrsa", "-out", $"certs/{stem}.key", "1024"],
            ["req", "-new", "-key", $"certs/{stem}.key", "-subj", "/CN=localhost", "-out", "request"],
            ["x509", "-req", "-in", "request", "-CA", "certs/ca.crt", "-CAkey", "certs/ca.key", "-days", "30", "-extfile", "ext", "-out", $"certs/{stem}.crt"],
        ])
        {
            await Cli.Wrap(Needs.Program("openssl")).WithArguments(arguments).WithWorkingDirectory(folder.Root).ExecuteBufferedAsync();
        }
    }
}
