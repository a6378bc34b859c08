using System.Text.Json.Nodes;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Running;

/// <summary>What is printed where there is no result is what <c>schema faults</c> says, as python's jsonschema reads it.</summary>
public sealed class FaultSchemaTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    [Fact]
    public async Task Every_kind_of_fault_is_as_the_schema_says()
    {
        _folder.Write("right.yaml", """
            name: right
            authorities: { ca: { subject: /CN=ca } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca, listen: "localhost:1" } }
              amy: { client: { subject: /CN=amy, issuer: ca } }
              eve: { client: { subject: /CN=eve, issuer: ca, trusts: [] } }
            connections: [amy -> bob]
            """);
        _folder.Write("wrong.yaml", "nam: x\nauthorities: { ca: { subject: /CN=ca, lifetime: 1y } }\nparties: { bob: { client: { subject: /CN=a/CN=b, issuer: cb } } }\n");
        await _folder.RunToolAsync("apply", "right.yaml");
        string[][] commands =
        [
            ["nonsense"], ["apply"], ["plan", "right.yaml", "--bogus"], ["apply", "wrong.yaml"], ["test", "missing.yaml"], ["show", "right.yaml", "-d", "nowhere"],
            ["call", "right.yaml", "amy"], ["config", "right.yaml", "amy", "--for", "nginx"], ["plan", "right.yaml", "--new-key", "cb"],
            ["plan", "right.yaml", "-o", "right.yaml"], ["validate"],
        ];
        foreach ((int index, string[] command) in commands.Index())
        {
            BufferedCommandResult run = await _folder.TryToolAsync([.. command, "--json"]);
            Assert.NotEqual(0, run.ExitCode);
            Assert.NotEmpty(JsonNode.Parse(run.StandardOutput)!.AsArray());
            _folder.Write($"said-{index}.json", run.StandardOutput);
        }

        Assert.Equal([], await JsonSchemas.RefusedAsync(_folder, "faults", [.. commands.Index().Select(one => $"said-{one.Index}.json")]));
    }

    [Theory]
    [InlineData("the list is empty", "[]")]
    [InlineData("nothing in it is an error", "[{ CODE, \"severity\": \"warning\", NOWHERE, TEXT }]")]
    [InlineData("a property is missing", "[{ CODE, \"severity\": \"error\", NOWHERE, \"message\": \"m\" }]")]
    [InlineData("a property is too many", "[{ CODE, \"severity\": \"error\", NOWHERE, TEXT, \"more\": 1 }]")]
    [InlineData("a severity is none", "[{ CODE, \"severity\": \"fatal\", NOWHERE, TEXT }]")]
    [InlineData("a code is a sentence", "[{ \"code\": \"No such\", \"severity\": \"error\", NOWHERE, TEXT }]")]
    [InlineData("a line has no column", "[{ CODE, \"severity\": \"error\", \"file\": \"f\", \"line\": 1, \"column\": null, TEXT }]")]
    [InlineData("a line has no file", "[{ CODE, \"severity\": \"error\", \"file\": null, \"line\": 1, \"column\": 1, TEXT }]")]
    [InlineData("a line counts from 0", "[{ CODE, \"severity\": \"error\", \"file\": \"f\", \"line\": 0, \"column\": 1, TEXT }]")]
    [InlineData("it is one fault and no list", "{ CODE, \"severity\": \"error\", NOWHERE, TEXT }")]
    public async Task Anything_else_is_refused(string what, string json)
    {
        _folder.Write($"{what}.json", json
            .Replace("CODE", "\"code\": \"usage\"", StringComparison.Ordinal)
            .Replace("NOWHERE", "\"file\": null, \"line\": null, \"column\": null", StringComparison.Ordinal)
            .Replace("TEXT", "\"message\": \"m\", \"hint\": null", StringComparison.Ordinal));

        Assert.Equal([$"{what}.json"], await JsonSchemas.RefusedAsync(_folder, "faults", $"{what}.json"));
    }

    public void Dispose() => _folder.Dispose();
}
