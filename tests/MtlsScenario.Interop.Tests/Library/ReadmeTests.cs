using System.Runtime.CompilerServices;
using Xunit;

namespace MtlsScenario.Interop.Tests.Library;

public sealed class ReadmeTests
{
    [Theory]
    [InlineData("BobTests.cs")]
    [InlineData("LayoutTests.cs")]
    [InlineData("StoreTests.cs")]
    public void The_example_in_the_README_is_the_one_that_is_compiled_and_run(string file)
    {
        string folder = Path.GetDirectoryName(SourceFile())!;
        string example = Plain(Path.Combine(folder, file));
        Assert.Contains($"```csharp\n{example}```\n", Plain(Path.Combine(folder, "../../../src/MtlsScenario/README.md")), StringComparison.Ordinal);
    }

    private static string Plain(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    private static string SourceFile([CallerFilePath] string path = "") => path;
}
