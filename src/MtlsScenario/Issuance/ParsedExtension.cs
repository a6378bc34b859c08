namespace MtlsScenario.Issuance;

/// <summary>An extension as it stands in a certificate.</summary>
/// <param name="Oid">Its object identifier in dotted form.</param>
/// <param name="IsCritical">Whether it is marked critical.</param>
/// <param name="Value">What its OCTET STRING holds.</param>
internal sealed record ParsedExtension(string Oid, bool IsCritical, ReadOnlyMemory<byte> Value);
