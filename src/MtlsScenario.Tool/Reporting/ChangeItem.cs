using System.Collections.Immutable;

namespace MtlsScenario.Tool.Reporting;

/// <summary>One thing that is new, and why.</summary>
/// <param name="What">What: <c>new certificate</c>.</param>
/// <param name="Reasons">Why; none where it goes without saying.</param>
internal sealed record ChangeItem(string What, ImmutableArray<string> Reasons);
