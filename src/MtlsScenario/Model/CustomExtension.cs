using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>A certificate extension that the scenario spells out.</summary>
/// <param name="Oid">Its object identifier in dotted form.</param>
/// <param name="IsCritical">Whether a reader that does not know it must reject the certificate.</param>
/// <param name="Value">The DER that the extension's OCTET STRING holds.</param>
public sealed record CustomExtension(string Oid, bool IsCritical, ImmutableArray<byte> Value);
