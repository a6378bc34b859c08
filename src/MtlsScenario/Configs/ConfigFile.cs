namespace MtlsScenario.Configs;

/// <summary>A text to paste or save.</summary>
/// <param name="Name">What it would be called: <c>app_bob.js</c>.</param>
/// <param name="Text">The text, ends with a newline. It names key files and never holds a key or a password.</param>
internal sealed record ConfigFile(string Name, string Text)
{
    /// <summary>What begins a comment in such a text.</summary>
    public string Comment { get; init; } = "#";
}
