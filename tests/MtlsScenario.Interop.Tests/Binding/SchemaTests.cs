using System.Text;
using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Diagnostics;
using MtlsScenario.Syntax;
using MtlsScenario.Tests.Binding;
using Xunit;

namespace MtlsScenario.Interop.Tests.Binding;

/// <summary>The schema that the tool prints says what the reader says, as python's jsonschema reads it.</summary>
public sealed class SchemaTests : IDisposable
{
    /// <summary>Faults of one place alone: what these say, a schema can say too.</summary>
    private static readonly string[] LocalCodes =
    [
        "unknown-key", "misplaced-key", "missing-key", "wrong-type", "unknown-word", "unsupported-version", "invalid-identifier",
        "reserved-identifier", "invalid-subject", "empty-subject", "unknown-attribute", "empty-attribute", "attribute-length",
        "attribute-characters", "invalid-duration", "invalid-instant", "invalid-oid", "invalid-number", "invalid-serial", "not-rejected",
        "invalid-connection", "invalid-group", "invalid-password",
    ];

    /// <summary>What is gone before a schema is applied, or needs the value of another key.</summary>
    private static readonly string[] BeyondASchema =
        ["syntax: A mapping as a key", "syntax: A merge of a text", "subjects: A name that gets too long with its number"];

    private readonly string _folder = Directory.CreateTempSubdirectory("mtls-scenario-").FullName;

    [Fact]
    public async Task It_accepts_the_scenarios_that_ship()
    {
        string[] files = [.. ShippedScenarios.Names.Select(name => Write(name, ShippedScenarios.Content(name))!)];

        Assert.Empty(await RefusedAsync(files));
    }

    [Fact]
    public async Task It_refuses_what_the_reader_refuses_for_its_form_and_accepts_what_the_reader_accepts()
    {
        List<string> wrong = [];
        List<string> right = [];
        foreach (FaultCase fault in FaultCase.All.SelectMany(LineByLine))
        {
            ScenarioReadResult result = fault.Read();
            bool isLocal = result.Diagnostics.Any(one => one.Severity == DiagnosticSeverity.Error && LocalCodes.Contains(one.Code));
            List<string>? list = result.Scenario is not null ? right
                : isLocal && !BeyondASchema.Any(title => fault.Title.StartsWith(title, StringComparison.Ordinal)) ? wrong : null;
            if (list is not null && Write(fault.Title, Encoding.UTF8.GetBytes(fault.Yaml)) is { } file)
            {
                list.Add(file);
            }
        }

        Assert.True(wrong.Count > 100 && right.Count > 20, $"{wrong.Count} wrong, {right.Count} right");
        IEnumerable<string> refused = await RefusedAsync([.. wrong, .. right]);
        Assert.Equal("", string.Join(' ', wrong.Except(refused).Select(Path.GetFileName)));
        Assert.Equal("", string.Join('\n', refused.Except(wrong).Select(Path.GetFileName)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>
    /// A case, and for each line that has faults the case without the other such lines: one fault that a schema finds must not
    /// hide another that it does not.
    /// </summary>
    private static IEnumerable<FaultCase> LineByLine(FaultCase fault)
    {
        yield return fault;
        int[] lines = [.. fault.Read().Diagnostics.Select(one => one.Position.Line).Distinct()];
        string[] text = fault.Yaml.Split('\n');
        foreach (int line in lines.Length > 1 ? lines : [])
        {
            yield return fault with
            {
                Title = $"{fault.Title}, line {line}",
                Yaml = string.Join('\n', text.Where((_, index) => index + 1 == line || !lines.Contains(index + 1))),
            };
        }
    }

    private string? Write(string name, byte[] yaml)
    {
        if (DocumentReader.Read(yaml, new FaultList(name)) is not { } root)
        {
            return null;
        }

        string file = Path.Combine(_folder, $"{name}.json");
        File.WriteAllText(file, JsonOfYaml.Convert(root)?.ToJsonString() ?? "null");
        return file;
    }

    private async Task<IEnumerable<string>> RefusedAsync(IReadOnlyCollection<string> files)
    {
        string schema = Path.Combine(_folder, "schema");
        await File.WriteAllTextAsync(schema, ScenarioSchema.ReadText());
        BufferedCommandResult result = await Cli.Wrap(Needs.Program("jsonschema"))
            .WithArguments(["--output", "pretty", .. files.SelectMany(file => (string[])["-i", file]), schema])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        string output = result.StandardOutput + result.StandardError;

        // Each file is named as valid or as not: otherwise the schema itself, or the program, is at fault.
        Assert.All(files, file => Assert.Contains(file, output, StringComparison.Ordinal));
        string[] refused = [.. files.Where(file => output.Contains($"[ValidationError]===({file})", StringComparison.Ordinal))];
        Assert.All(files.Except(refused), file => Assert.Contains($"[SUCCESS]===({file})", output, StringComparison.Ordinal));
        return refused;
    }
}
