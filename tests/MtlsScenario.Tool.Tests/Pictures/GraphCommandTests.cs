using System.Xml.Linq;
using Xunit;

namespace MtlsScenario.Tool.Tests.Pictures;

public sealed class GraphCommandTests : IDisposable
{
    private const string Scenario = """
        name: small
        description: '<script>&"]]>--'
        authorities:
          ca: { subject: /CN=my-ca }
        parties:
          bob:
            server: { subject: /CN=localhost, issuer: ca }
          amy:
            replicas: 1000
            client: { subject: { CN: "amy-{n}</text>" }, issuer: ca, names: ["uri:https://example/a-name-that-is-longer-than-a-line-of-a-terminal/and-goes-on-and-on"] }
        connections:
          - amy -> bob
          - { from: "amy[7]", to: bob, expect: rejected, by: server, because: not-admitted }
        """;

    private readonly WorkFolder _folder = new();

    [Theory]
    [InlineData("small.svg", "<?xml")]
    [InlineData("small.dot", "digraph \"small\" {")]
    [InlineData("small.gv", "digraph \"small\" {")]
    [InlineData("small.mmd", "%%{init: ")]
    [InlineData("small.txt", "small\n")]
    public async Task The_name_of_the_file_says_the_format(string name, string begin)
    {
        ToolRun run = await RunAsync("graph", "small.yaml", "-o", name);

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(begin, _folder.Read(name), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ending_that_is_none_of_a_format_is_refused()
    {
        ToolRun run = await RunAsync("graph", "small.yaml", "-o", "x.png");

        Assert.Equal(
            new ToolRun(2, "", "error: the name \"x.png\" does not say which format the picture is to have\n"
                + "  hint: end it in .svg, .dot, .gv, .mmd, .mermaid, .txt, or say it with -f\n"),
            run);
        Assert.False(File.Exists(_folder.PathOf("x.png")));
        Assert.Equal(0, (await RunAsync("graph", "small.yaml", "-o", "x.png", "-f", "svg")).ExitCode);
        Assert.Equal(0, (await RunAsync("graph", "small.yaml", "-o", "tree")).ExitCode);
    }

    [Fact]
    public async Task A_tree_has_at_most_80_columns_and_tells_rejected_connections_by_a_sign()
    {
        ToolRun run = await RunAsync("graph", "small.yaml", "--steps");

        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.Contains("amy → bob     ✓ accepted\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("amy[7] → bob  ✗ rejected by server: not-admitted\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("3. [bob, server side] requests a certificate: bob_server.csr; sends\n   bob_server.csr to ca\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("--steps")]
    public async Task An_SVG_is_XML_that_holds_its_text_as_text_and_fetches_nothing(params string[] options)
    {
        ToolRun run = await RunAsync(["graph", "small.yaml", "-f", "svg", .. options]);

        XDocument svg = XDocument.Parse(run.Output);
        Assert.Equal(["circle", "g", "path", "rect", "style", "svg", "text", "title"], svg.Descendants().Select(element => element.Name.LocalName).Distinct().Order());
        Assert.DoesNotContain(svg.Descendants().Attributes(), attribute => attribute.Name.LocalName is "href" or "src" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", run.Output, StringComparison.Ordinal);
        string[] texts = [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Contains("<script>&\"]]>--", texts);
        Assert.Contains("/CN=amy-{n}<\\/text>", texts);
        Assert.Contains("amy-{n}_client × 1000", texts);
        Assert.Equal(options.Length == 0, !texts.Contains("1."));
    }

    public void Dispose() => _folder.Dispose();

    private Task<ToolRun> RunAsync(params string[] arguments)
    {
        _folder.Write("small.yaml", Scenario);
        return _folder.RunAsync(arguments);
    }
}
