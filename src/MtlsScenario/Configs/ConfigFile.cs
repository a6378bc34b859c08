namespace MtlsScenario.Configs;

/// <summary>A text to paste or save.</summary>
/// <param name="Name">What it would be called: <c>app_bob.js</c>.</param>
/// <param name="Text">The text, ends with a newline. It names key files and never holds a key.</param>
internal sealed record ConfigFile(string Name, string Text);
