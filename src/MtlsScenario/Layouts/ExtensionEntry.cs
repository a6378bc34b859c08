namespace MtlsScenario.Layouts;

/// <summary>An extension of a certificate.</summary>
/// <param name="Name">RFC 5280's name for it, or its object identifier.</param>
/// <param name="IsCritical">Whether it is marked critical.</param>
/// <param name="Value">What it says.</param>
internal sealed record ExtensionEntry(string Name, bool IsCritical, string Value);
