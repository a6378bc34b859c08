using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using MtlsScenario.Syntax;

namespace MtlsScenario.Interop.Tests.Binding;

/// <summary>A YAML document as the JSON that an editor's language server makes of it before it applies a schema (YAML 1.2, core schema).</summary>
internal static class JsonOfYaml
{
    public static JsonNode? Convert(SyntaxNode node) => node switch
    {
        ScalarNode { IsNull: true } => null,
        ScalarNode { AsBoolean: { } truth } => JsonValue.Create(truth),
        ScalarNode { IsPlain: true } scalar => Number(scalar.Value) ?? JsonValue.Create(scalar.Value),
        ScalarNode scalar => JsonValue.Create(scalar.Value),
        SequenceNode list => new JsonArray([.. list.Items.Select(Convert)]),
        MappingNode mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, Convert(entry.Value)))),
        _ => null,
    };

    private static JsonNode? Number(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger hexadecimal)
                ? JsonNode.Parse(hexadecimal.ToString(CultureInfo.InvariantCulture))
                : null;
        }

        return BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger integer)
            ? JsonNode.Parse(integer.ToString(CultureInfo.InvariantCulture))
            : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
                ? JsonValue.Create(number)
                : null;
    }
}
