namespace MtlsScenario.Model;

/// <summary>One attribute of a distinguished name (AttributeTypeAndValue, RFC 5280 section 4.1.2.4).</summary>
/// <param name="Type">What it is.</param>
/// <param name="Value">
/// Its value, as written. In a party with replicas <c>{n}</c> stands for the number of the replica.
/// </param>
public sealed record AttributeTypeAndValue(AttributeType Type, string Value);
