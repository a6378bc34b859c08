using System.Numerics;

namespace MtlsScenario.Model;

/// <summary>A certificate that an authority revokes and that the scenario does not describe.</summary>
/// <param name="Serial">Its serial number.</param>
/// <param name="Reason">Why; null where nothing is said.</param>
/// <param name="At">Since when; null for the moment at which it gets on the CRL.</param>
public sealed record RevokedSerial(BigInteger Serial, RevocationReason? Reason = null, TimePoint? At = null);
