namespace MtlsScenario.Tool.Reporting;

/// <summary>One text of a configuration, for programs.</summary>
/// <param name="Name">What it would be called.</param>
/// <param name="Text">The text.</param>
internal sealed record ConfigFileJson(string Name, string Text);
