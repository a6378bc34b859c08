using System.Globalization;
using System.Text.Json.Nodes;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Probing;

/// <summary>What <c>serve --faults</c> finds at other people's clients: whom they trust by grade A and B.</summary>
public sealed class ClientFaultTests(ProbedFolder folder) : IClassFixture<ProbedFolder>
{
    /// <summary>Those whose start takes long are shown what tells them from others.</summary>
    private const string Telling = "self-signed,expired,wrong-host,no-eku,any-eku,no-san,v1,rsa-1024,sha-1";

    [Theory]
    [InlineData("curl", "", "ca-as-leaf no-eku no-san v1")]
    [InlineData("node", "", "ca-as-leaf no-eku no-san rsa-1024 v1")]
    [InlineData("python3", Telling, "no-eku no-san v1")]
    [InlineData("go", "", "any-eku ca-as-leaf no-eku rsa-1024")]
    [InlineData("java", Telling, "any-eku no-eku no-san rsa-1024 sha-1 v1")]
    [InlineData("dotnet", Telling, "no-eku no-san rsa-1024 sha-1 v1")]
    public async Task A_client_trusts_whom_the_table_says(string program, string only, string trusted)
    {
        string[] found = await FoundAsync(await ProbedClient.MakeAsync(folder.Folder.Root, program), 0, only);
        Assert.Equal(trusted, string.Join(' ', found));
    }

    [Fact]
    public async Task A_client_that_verifies_nobody_trusts_everybody_but_who_cannot_prove_it()
    {
        string[] found = await FoundAsync($"{Needs.Program("curl")} -sk --cert {{cert}} --key {{key}} {{url}}", 1, "");
        Assert.Superset("any-eku ca-as-leaf ca-expired ca-false ca-server-auth client-auth-only critical-extension expired leaf-as-ca name-constraints-dns no-eku no-keycertsign no-san path-length same-name-ca self-signed sha-1 unknown-ca wrong-host".Split(' ').ToHashSet(), found.ToHashSet());
        Assert.DoesNotContain(found, id => id.EndsWith("-proof", StringComparison.Ordinal));
    }

    /// <summary>Clients whose TLS begins after words in the clear, or is followed by others than HTTP's.</summary>
    [Theory]
    [InlineData("postgres", 0, "", "psql \"host={host} port={port} user=amy sslmode=verify-full sslrootcert={ca} sslcert={cert} sslkey={key}\" -c ''")]
    [InlineData("postgres", 1, "wrong-host", "psql \"host={host} port={port} user=amy sslmode=verify-ca sslrootcert={ca} sslcert={cert} sslkey={key}\" -c ''")]
    [InlineData("mysql", 0, "", "mariadb --no-defaults --protocol=TCP -h {host} -P {port} -u amy --ssl-ca={ca} --ssl-cert={cert} --ssl-key={key} --ssl-verify-server-cert -e 'select 1'")]
    [InlineData("redis", 1, "wrong-host", "redis-cli --tls -h {host} -p {port} --cacert {ca} --cert {cert} --key {key} ping")]
    public async Task A_client_of_a_database_is_judged_too(string scheme, int exitCode, string trusted, string command)
    {
        Needs.Program(command.Split(' ')[0]);
        Assert.Equal(trusted, string.Join(' ', await FoundAsync(command, exitCode, "self-signed,unknown-ca,expired,wrong-host", 0, "--scheme", scheme)));
    }

    /// <summary>Where the caller asks CRLs and the server's authority has revoked somebody, the server has that number.</summary>
    [Theory]
    [InlineData(" --crlfile ca.crl", "rejected", 0)]
    [InlineData("", "let-in", 1)]
    public async Task A_client_that_asks_no_CRL_trusts_a_server_that_is_revoked(string asks, string verdict, int exitCode)
    {
        folder.Folder.Write("crl.yaml", """
            name: crl
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: /CN=ca } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca } }
              amy: { client: { subject: /CN=amy, issuer: ca, revocation: crl } }
              eve: { client: { subject: /CN=eve, issuer: ca, revoked: keyCompromise } }
            connections: [amy -> bob]
            """);
        await folder.Folder.RunToolAsync("apply", "crl.yaml", "-d", "it's revoked");
        string curl = $"{Needs.Program("curl")} -s{asks.Replace("ca.crl", "\"it's revoked/ca.crl\"", StringComparison.Ordinal)} --cacert {{ca}} --cert {{cert}} --key {{key}} {{url}}";
        BufferedCommandResult run = await folder.Folder.TryToolAsync("serve", "crl.yaml", "bob", "-d", "it's revoked", "--listen", "localhost:0", "--faults", "--only", "revoked", "--run", curl, "--json");
        Assert.True(run.ExitCode == exitCode, run.StandardOutput + run.StandardError);
        Assert.Equal([verdict, verdict], JsonNode.Parse(run.StandardOutput)!["results"]!.AsArray().Select(result => (string)result!["verdict"]!));
    }

    /// <summary>A client that has its own configuration, and calls where the scenario says.</summary>
    [Fact]
    public async Task A_command_may_know_the_address_by_itself()
    {
        int port = FreePort.Take();
        string curl = $"{Needs.Program("curl")} -s --cacert {{ca}} --cert {{cert}} --key {{key}} https://localhost:{port}/";
        Assert.Equal(["no-eku"], await FoundAsync(curl, 0, "expired,no-eku", port));
        BufferedCommandResult idle = await RunAsync("true", "expired", 0);
        Assert.Equal(3, idle.ExitCode);
        Assert.Contains("the good certificate: exit 0, it did not call", idle.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_command_it_listens_until_it_is_ended_and_says_who_was_trusted()
    {
        string curl = Needs.Program("curl");
        await using ToolServer server = ToolServer.Run(folder.Folder, "serve", "probed.yaml", "bob", "--listen", "localhost:0", "--faults", "--only", "expired,self-signed,no-eku");
        await server.WaitUntilSaidAsync(said => said.Contains("Ctrl-C ends this", StringComparison.Ordinal));
        Dictionary<string, string> ports = server.Said.Split('\n').Select(line => line.Split(' ')).Where(words => words is [var at, _] && at.StartsWith("localhost:", StringComparison.Ordinal)).ToDictionary(words => words[1], words => words[0]);
        Assert.Equal(["expired", "good", "no-eku", "self-signed"], ports.Keys.Order(StringComparer.Ordinal));
        foreach ((string id, string options) in new[] { ("good", "--cacert root.crt"), ("expired", "--cacert root.crt"), ("self-signed", "-k") })
        {
            await Shell.RunAsync(folder.Certificates, $"{curl} -s {options} --cert amy_client.crt --key amy_client.key https://{ports[id]}/");
        }

        Assert.Equal(1, await server.StopAsync());
        string table = await server.RestAsync();
        Assert.Contains("let in         A self-signed             1.2 1.3  it sent its request\n", table, StringComparison.Ordinal);
        Assert.Contains("not tried      B no-eku                  1.2 1.3  nobody called\n", table, StringComparison.Ordinal);
        Assert.Contains("rejected       A expired                 1.2 1.3  alert 45 certificate_expired\n", table, StringComparison.Ordinal);
    }

    private Task<BufferedCommandResult> RunAsync(string command, string only, int port, params string[] more) => folder.Folder.TryToolAsync(
        ["serve", "probed.yaml", "bob", "--listen", string.Create(CultureInfo.InvariantCulture, $"localhost:{port}"), "--faults", "--run", command, .. only.Length == 0 ? [] : (string[])["--only", only], .. more]);

    private async Task<string[]> FoundAsync(string command, int exitCode, string only, int port = 0, params string[] more)
    {
        BufferedCommandResult run = await RunAsync(command, only, port, ["--json", .. more]);
        Assert.True(run.ExitCode == exitCode, $"{run.ExitCode}: {run.StandardOutput}{run.StandardError}");
        JsonNode report = JsonNode.Parse(run.StandardOutput)!;
        Assert.All(report["versions"]!.AsArray(), version => Assert.True((bool)version!["goodLetIn"]!, $"{version}"));
        Assert.All(report["results"]!.AsArray(), result => Assert.Contains((string)result!["verdict"]!, (string[])["let-in", "rejected", "does-not-apply"]));
        return [.. report["results"]!.AsArray().Where(result => (string)result!["verdict"]! == "let-in" && (string)result["grade"]! != "C").Select(result => (string)result!["id"]!).Distinct().Order(StringComparer.Ordinal)];
    }
}
