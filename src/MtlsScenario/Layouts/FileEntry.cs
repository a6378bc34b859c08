namespace MtlsScenario.Layouts;

/// <summary>A file of a certificate.</summary>
/// <param name="Kind">What it holds: <c>key</c>, <c>request</c>, <c>certificate</c>, <c>chain</c>, <c>trust anchors</c>.</param>
/// <param name="Path">Where it is, relative to the folder, with <c>/</c>.</param>
/// <param name="Note">What is to be said of it, such as <c>missing</c>; null where it is as it should be.</param>
internal sealed record FileEntry(string Kind, string Path, string? Note = null);
