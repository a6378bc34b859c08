namespace MtlsScenario.X509;

/// <summary>An attribute of a name as it stands in a certificate.</summary>
/// <param name="Oid">Its object identifier in dotted form.</param>
/// <param name="Value">Its text; of a value that is no string, <c>#</c> and its DER in hex (RFC 4514 section 2.4).</param>
internal sealed record ParsedAttribute(string Oid, string Value);
