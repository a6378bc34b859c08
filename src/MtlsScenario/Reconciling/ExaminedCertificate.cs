using System.Collections.Immutable;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>What was found of a certificate.</summary>
/// <param name="WasThere">Whether there is a file in its place.</param>
/// <param name="Current">What it says; null where it is missing or unreadable.</param>
/// <param name="Reasons">Why it must be issued; none where it is as planned.</param>
internal sealed record ExaminedCertificate(
    bool WasThere, ParsedCertificate? Current, ImmutableArray<Reason> Reasons);
