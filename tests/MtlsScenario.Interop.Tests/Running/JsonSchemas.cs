using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Running;

/// <summary>What python's jsonschema makes of what the tool prints.</summary>
internal static class JsonSchemas
{
    /// <summary>Those of the files that are not as <c>schema NAME</c> says; of all the others it says that they are.</summary>
    public static async Task<IEnumerable<string>> RefusedAsync(ToolFolder folder, string name, params string[] files)
    {
        await folder.RunToolAsync("schema", name, "-o", "schema.json");
        BufferedCommandResult result = await Cli.Wrap(Needs.Program("jsonschema"))
            .WithArguments(["--output", "pretty", .. files.SelectMany(file => (string[])["-i", file]), "schema.json"])
            .WithWorkingDirectory(folder.Root)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        string output = result.StandardOutput + result.StandardError;
        string[] refused = [.. files.Where(file => output.Contains($"[ValidationError]===({file})", StringComparison.Ordinal))];
        Assert.All(files.Except(refused), file => Assert.Contains($"[SUCCESS]===({file})", output, StringComparison.Ordinal));
        return refused;
    }
}
