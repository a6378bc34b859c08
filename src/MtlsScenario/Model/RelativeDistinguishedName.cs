using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>One step of a distinguished name; with several attributes it is multi-valued.</summary>
/// <param name="Attributes">At least one, in the order of the file. (In DER they are a sorted SET.)</param>
public sealed record RelativeDistinguishedName(ImmutableArray<AttributeTypeAndValue> Attributes);
