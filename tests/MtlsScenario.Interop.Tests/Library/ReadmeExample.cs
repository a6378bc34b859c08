using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace MtlsScenario.Interop.Tests.Library;

/// <summary>A block of a README with commands to type.</summary>
/// <param name="File">The README, below the root of the repository.</param>
/// <param name="Commands">What is typed, and the lines that are shown below it; nothing is where a block has commands alone.</param>
internal sealed partial record ReadmeExample(string File, ImmutableArray<(string Typed, string? Shown)> Commands)
{
    /// <summary>What else a README may have between fences.</summary>
    private static string[] Others => ["", "csharp", "mermaid", "yaml"];

    /// <summary>What tells it from the others: the file and the first command.</summary>
    public string Name => $"{File}: {Commands[0].Typed}";

    /// <summary>Those of all READMEs.</summary>
    public static ImmutableArray<ReadmeExample> All { get; } = [.. Files().SelectMany(Of)];

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    private static string[] Pages => ["README.md", "scenarios/README.md", "tests/README.md"];

    private static IEnumerable<string> Files() => Pages.Concat(
        Directory.EnumerateFiles(Path.Combine(Root(), "src"), "README.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root(), file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)));

    private static IEnumerable<ReadmeExample> Of(string file)
    {
        foreach (Match fence in Fence().Matches(System.IO.File.ReadAllText(Path.Combine(Root(), file)).ReplaceLineEndings("\n")))
        {
            string text = fence.Groups["text"].Value;
            switch (fence.Groups["kind"].Value)
            {
                case "console":
                    yield return new ReadmeExample(
                        file, [.. Prompt().Split(text).Skip(1).Select(part => part.Split('\n', 2)).Select(part => (part[0], (string?)part[1]))]);
                    break;
                case "sh":
                    yield return new ReadmeExample(
                        file, [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (line, (string?)null))]);
                    break;
                case var kind when !Others.Contains(kind):
                    throw new InvalidDataException($"{file} has a block of {kind}: nothing runs it.");
            }
        }
    }

    [GeneratedRegex("^```(?<kind>[a-z]*)\n(?<text>(?:.*\n)*?)```$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\$ ", RegexOptions.Multiline)]
    private static partial Regex Prompt();
}
