using MtlsScenario.Model;

namespace MtlsScenario.Revocation;

/// <summary>Why a path is not accepted because of the CRLs.</summary>
/// <param name="Reason">That a certificate is revoked, or that nobody knows.</param>
/// <param name="Words">Which certificate, or which authority's CRL, and why; it may hold control characters of a certificate's.</param>
internal sealed record RevocationFault(RejectionReason Reason, string Words);
