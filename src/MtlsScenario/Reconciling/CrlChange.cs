using System.Collections.Immutable;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;

namespace MtlsScenario.Reconciling;

/// <summary>What goes into a CRL that is made.</summary>
/// <param name="Memory">What is remembered.</param>
/// <param name="Entries">The entries that the scenario asks for, as far as their serial numbers are known.</param>
/// <param name="Pending">The revoked certificates that this run issues, whose serial numbers are yet to be drawn.</param>
/// <param name="ComesFirst">
/// Whether a list is made before anything else, too: a certificate that is to be on it is about to be replaced, and with it would go
/// its serial number, should the run be ended there.
/// </param>
internal sealed record CrlChange(
    CrlHistory Memory, ImmutableArray<CrlEntry> Entries, ImmutableArray<(RevokedCertificate Certificate, int? Number)> Pending, bool ComesFirst);
