using CliWrap;
using Xunit;

namespace MtlsScenario.Tool.Tests;

/// <summary>What is written to a file that the user names never takes the place of what cannot be made again.</summary>
public sealed class OutputFileTests : IDisposable
{
    private const string Scenario = """
        name: pair
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=pair-ca } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca } }
          amy: { client: { subject: /CN=amy-client, issuer: ca } }
        connections: [amy -> bob]
        """;

    private static readonly string[][] Writers =
    [
        ["validate", "pair.yaml", "-o"],
        ["plan", "pair.yaml", "-o"],
        ["script", "pair.yaml", "-o"],
        ["show", "pair.yaml", "-o"],
        ["snapshot", "pair.yaml", "-o"],
        ["graph", "pair.yaml", "-o"],
        ["test", "pair.yaml", "-o"],
        ["test", "pair.yaml", "--junit"],
        ["report", "pair.yaml", "--no-test", "-o"],
        ["config", "pair.yaml", "bob", "--for", "node", "-o"],
        ["schema", "-o"],
        ["completion", "bash", "-o"],
    ];

    private readonly WorkFolder _work = new();

    public OutputFileTests() => _work.Write("pair.yaml", Scenario);

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("pair.yaml")]
    [InlineData("./x/../pair.yaml")]
    [InlineData("x/pair.yaml")]
    [InlineData("link")]
    [InlineData("hard")]
    [InlineData("other.yaml")]
    [InlineData("other.json")]
    [InlineData("half.yaml")]
    [InlineData("pair/ca.key")]
    [InlineData("pair/ca.crt")]
    [InlineData("pair/bob_server.csr")]
    [InlineData("ca.der")]
    [InlineData("described.crt")]
    public async Task No_command_replaces_a_scenario_a_key_or_a_certificate(string file)
    {
        await _work.RunAsync("apply", "pair.yaml");
        Directory.CreateDirectory(_work.PathOf("x"));
        File.CreateSymbolicLink(_work.PathOf("x/pair.yaml"), "../pair.yaml");
        File.CreateSymbolicLink(_work.PathOf("link"), "x/pair.yaml");
        await Cli.Wrap("ln").WithArguments([_work.PathOf("pair.yaml"), _work.PathOf("hard")]).ExecuteAsync();
        _work.Write("other.yaml", Scenario);
        _work.Write("other.json", """{"name": "x", "authorities": {"ca": {"subject": "/CN=x"}}}""");
        _work.Write("half.yaml", "name: x\nauthorities:\n  ca: { subject: \n");
        _work.Write("described.crt", "Certificate:\n    Data:\n" + _work.Read("pair/ca.crt"));
        using (var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificateFromFile(_work.PathOf("pair/ca.crt")))
        {
            File.WriteAllBytes(_work.PathOf("ca.der"), certificate.RawData);
        }

        string[] before = Contents();
        foreach (string[] writer in Writers)
        {
            ToolRun run = await _work.RunAsync([.. writer, file]);

            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains($"{file} ", run.Error, StringComparison.Ordinal);
            Assert.Contains("left as it is\n  hint: ", run.Error, StringComparison.Ordinal);
            Assert.Equal(before, Contents());
        }
    }

    [Theory]
    [InlineData("results", "results")]
    [InlineData("results", "./results")]
    [InlineData("results", "Results")]
    [InlineData("there/results", "here/results")]
    [InlineData("-", "-")]
    public async Task Two_outputs_of_a_run_never_go_to_one_place(string junit, string output)
    {
        Directory.CreateDirectory(_work.PathOf("there"));
        File.CreateSymbolicLink(_work.PathOf("here"), "there");
        string[] before = Contents();

        ToolRun run = await _work.RunAsync("test", "pair.yaml", "--junit", junit, "-o", output);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--junit and --out would go to one place, ", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task Standard_output_has_one_document_and_not_two()
    {
        ToolRun run = await _work.RunAsync("test", "pair.yaml", "--junit", "-");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    [Theory]
    [InlineData("pair.verified.txt")]
    [InlineData("./pair.received.txt")]
    public async Task The_difference_of_a_snapshot_never_replaces_the_snapshot(string file)
    {
        _work.Write("pair.verified.txt", "as it was");

        ToolRun run = await _work.RunAsync("snapshot", "pair.yaml", "-o", file);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("as it was", _work.Read("pair.verified.txt"));
        Assert.False(File.Exists(_work.PathOf("pair.received.txt")));
    }

    [Fact]
    public async Task Of_several_files_none_is_written_where_one_may_not_be()
    {
        await _work.RunAsync("apply", "pair.yaml");
        Directory.CreateDirectory(_work.PathOf("server"));
        File.CreateSymbolicLink(_work.PathOf("server/Program.cs"), "../pair/ca.key");
        string key = _work.Read("pair/ca.key");

        ToolRun run = await _work.RunAsync("config", "pair.yaml", "bob", "--for", "kestrel", "-o", "server");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(key, _work.Read("pair/ca.key"));
        Assert.False(File.Exists(_work.PathOf("server/appsettings.json")));
    }

    [Fact]
    public async Task What_a_command_wrote_it_may_write_again()
    {
        await _work.RunAsync("apply", "pair.yaml");
        foreach (string[] writer in Writers)
        {
            string file = string.Join('-', writer[..^1].Where(word => !word.Contains('/', StringComparison.Ordinal))) + ".txt";
            ToolRun first = await _work.RunAsync([.. writer, file]);
            ToolRun second = await _work.RunAsync([.. writer, file]);

            Assert.True(File.Exists(_work.PathOf(file)), first.Error);
            Assert.Equal((first.ExitCode, first.Error), (second.ExitCode, second.Error));
        }
    }

    [Fact]
    public async Task A_page_into_which_somebody_put_a_certificate_is_not_replaced_and_the_line_is_said()
    {
        await _work.RunAsync("apply", "pair.yaml");
        await _work.RunAsync("report", "pair.yaml", "--no-test", "-o", "page.html");
        string edited = $"<!-- mine\n{_work.Read("pair/ca.crt")}-->\n{_work.Read("page.html")}";
        _work.Write("page.html", edited);

        ToolRun run = await _work.RunAsync("report", "pair.yaml", "--no-test", "-o", "page.html");

        Assert.Equal(
            (2, "error: --out: page.html holds a key or a certificate in line 2, and is left as it is\n  hint: move it away, or name another file\n"),
            (run.ExitCode, run.Error));
        Assert.Equal(edited, _work.Read("page.html"));
    }

    private string[] Contents() =>
    [
        .. Directory.EnumerateFiles(_work.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{file}: {Convert.ToHexString(File.ReadAllBytes(file))}"),
    ];
}
