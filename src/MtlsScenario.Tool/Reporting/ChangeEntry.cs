using System.Collections.Immutable;
using MtlsScenario.Reconciling;

namespace MtlsScenario.Tool.Reporting;

/// <summary>What is new of a certificate, or of those replicas of a fleet for which it is the same.</summary>
/// <param name="Stem">The stem; of several replicas, that of the first.</param>
/// <param name="Count">How many replicas it speaks of, at least 1.</param>
/// <param name="Items">What is new; of several replicas, with the reasons of the first. None where nothing is to be done.</param>
internal sealed record ChangeEntry(string Stem, int Count, ImmutableArray<ChangeItem> Items);

/// <summary>One thing that is new, and why.</summary>
/// <param name="What">What: <c>new certificate</c>.</param>
/// <param name="Reasons">Why; none where it goes without saying.</param>
internal sealed record ChangeItem(string What, ImmutableArray<Reason> Reasons);
