using System.Formats.Asn1;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>Says in what two names differ, also where they read the same.</summary>
internal static class NameDifference
{
    /// <summary>The difference as <c>is -> should be</c>; of names that read the same, the types of their strings.</summary>
    public static string Of(ParsedName current, ParsedName expected)
    {
        (string isNow, string shouldBe) = (current.ToString(), expected.ToString());
        if (!string.Equals(isNow, shouldBe, StringComparison.Ordinal))
        {
            return $"{isNow} -> {shouldBe}";
        }

        (string Attribute, string Type)[] types = [.. TypesOf(current).Zip(TypesOf(expected))
            .Where(pair => pair.First.Type != pair.Second.Type)
            .SelectMany(pair => new[] { pair.First, pair.Second })];
        return types.Length == 0
            ? $"{isNow}, {EncodingDifference.Of(current.Der, expected.Der)}"
            : $"{isNow}, {Strings(types.Where((_, index) => index % 2 == 0))} -> {Strings(types.Where((_, index) => index % 2 == 1))}";
    }

    private static string Strings(IEnumerable<(string Attribute, string Type)> types) =>
        string.Join(", ", types.Select(pair => $"{pair.Attribute} a {pair.Type}"));

    private static IEnumerable<(string Attribute, string Type)> TypesOf(ParsedName name)
    {
        AsnReader sequence = new AsnReader(name.Der, AsnEncodingRules.BER).ReadSequence();
        while (sequence.HasData)
        {
            AsnReader set = sequence.ReadSetOf(skipSortOrderValidation: true);
            while (set.HasData)
            {
                AsnReader attribute = set.ReadSequence();
                string oid = attribute.ReadObjectIdentifier();
                Asn1Tag tag = attribute.PeekTag();
                yield return (
                    AttributeType.FindByOid(oid)?.ShortName ?? oid,
                    tag.TagClass == TagClass.Universal ? ((UniversalTagNumber)tag.TagValue).ToString() : tag.ToString());
            }
        }
    }
}
