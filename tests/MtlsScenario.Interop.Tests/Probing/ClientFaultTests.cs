using System.Text.Json.Nodes;
using CliWrap.Buffered;
using Xunit;

namespace MtlsScenario.Interop.Tests.Probing;

/// <summary>What <c>serve --faults --run</c> finds at other people's clients: whom they trust by grade A and B.</summary>
public sealed class ClientFaultTests(ProbedFolder folder) : IClassFixture<ProbedFolder>
{
    private const string Node = "require('https').get(process.argv[1], {ca: f(2), cert: f(3), key: f(4)}, r => r.resume()).on('error', e => process.exit(1)); function f(n) { return require('fs').readFileSync(process.argv[n]); }";
    private const string Python = "import ssl, sys, urllib.request; c = ssl.create_default_context(cafile=sys.argv[2]); c.load_cert_chain(sys.argv[3], sys.argv[4]); urllib.request.urlopen(sys.argv[1], context=c)";

    [Theory]
    [InlineData("curl", "curl -s --cacert {ca} --cert {cert} --key {key} {url}", 0, "ca-as-leaf no-eku no-san v1")]
    [InlineData("curl", "curl -sk --cert {cert} --key {key} {url}", 1, "any-eku ca-as-leaf ca-expired ca-false ca-server-auth client-auth-only critical-extension expired leaf-as-ca name-constraints-dns no-eku no-keycertsign no-san path-length same-name-ca self-signed sha-1 unknown-ca wrong-host")]
    [InlineData("node", $"node -e \"{Node}\" {{url}} {{ca}} {{cert}} {{key}}", 0, "ca-as-leaf no-eku no-san rsa-1024 v1")]
    [InlineData("python3", $"python3 -c '{Python}' {{url}} {{ca}} {{cert}} {{key}}", 0, "ca-as-leaf no-eku no-san v1")]
    public async Task A_client_trusts_whom_the_table_says(string program, string command, int exitCode, string trusted)
    {
        Needs.Program(program);
        BufferedCommandResult run = await folder.Folder.TryToolAsync("serve", "probed.yaml", "bob", "--listen", "localhost:0", "--faults", "--json", "--run", command);
        Assert.True(run.ExitCode == exitCode, $"{run.ExitCode}: {run.StandardOutput}{run.StandardError}");
        JsonNode report = JsonNode.Parse(run.StandardOutput)!;
        Assert.All(report["versions"]!.AsArray(), version => Assert.True((bool)version!["goodLetIn"]!));
        Assert.All(report["results"]!.AsArray(), result => Assert.Contains((string)result!["verdict"]!, (string[])["let-in", "rejected", "does-not-apply"]));
        string[] found = [.. report["results"]!.AsArray().Where(result => (string)result!["verdict"]! == "let-in" && (string)result["grade"]! != "C").Select(result => (string)result!["id"]!).Distinct().Order(StringComparer.Ordinal)];
        Assert.True(exitCode == 1 ? trusted.Split(' ').All(found.Contains) : trusted == string.Join(' ', found), string.Join(' ', found));
    }
}
