using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>A CRL that is to be made.</summary>
/// <param name="Step">Whose, and by whom.</param>
/// <param name="Content">What it says.</param>
/// <param name="Authority">The authority's certificate.</param>
/// <param name="ComesFirst">Whether it is made before anything else, with the keys that are there.</param>
internal sealed record CrlOrder(SignCrl Step, CrlContent Content, ParsedCertificate Authority, bool ComesFirst);
