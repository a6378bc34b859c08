namespace MtlsScenario.Tests.Scripting;

/// <summary>
/// What scripts have in common: the blocks between blank lines, of three lines or more, that stand in more than a third of them.
/// It is snapshot once; of each script is snapshot what is its own, and of a block that is not, a line.
/// </summary>
internal sealed class ScriptFrameSnapshot
{
    private const string Mark = "… ";
    private const int LeastLines = 3;

    private readonly Dictionary<string, string> _blocks;

    /// <summary>Finds what the scripts have in common.</summary>
    public ScriptFrameSnapshot(IReadOnlyCollection<string> scripts) => _blocks = scripts
        .SelectMany(script => Blocks(script).Distinct())
        .GroupBy(block => block, StringComparer.Ordinal)
        .Where(same => same.Count() * 3 > scripts.Count && same.Key.Split('\n').Length >= LeastLines)
        .ToDictionary(same => FirstLine(same.Key), same => same.Key, StringComparer.Ordinal);

    /// <summary>What they have in common.</summary>
    public string Text => string.Join("\n\n", _blocks.Values);

    /// <summary>A script with the first line of each common block in place of it.</summary>
    public string Shorten(string script) => string.Join(
        "\n\n", Blocks(script).Select(block => _blocks.GetValueOrDefault(FirstLine(block)) == block ? Mark + FirstLine(block) : block));

    /// <summary>The script that was shortened.</summary>
    public string Complete(string text) => string.Join(
        "\n\n", Blocks(text).Select(block => block.StartsWith(Mark, StringComparison.Ordinal) ? _blocks[block[Mark.Length..]] : block));

    private static string[] Blocks(string text) => text.Split("\n\n");

    private static string FirstLine(string block) => block.Split('\n', 2)[0];
}
