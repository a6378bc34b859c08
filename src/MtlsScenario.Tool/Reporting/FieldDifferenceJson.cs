namespace MtlsScenario.Tool.Reporting;

/// <summary>A field in which the engines differ.</summary>
/// <param name="Field">In the words of RFC 5280.</param>
/// <param name="Native">What the native issuer wrote.</param>
/// <param name="Script">What the script wrote.</param>
internal sealed record FieldDifferenceJson(string Field, string Native, string Script);
