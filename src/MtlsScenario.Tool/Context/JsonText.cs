using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MtlsScenario.Tool.Context;

/// <summary>
/// Results as JSON. Each command has its own source-generated context, which only writes and names properties in camel case,
/// over records made for it; enums stand in them as the words of the scenario format.
/// </summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions _options = new()
    {
        Indented = true,
        NewLine = "\n",

        // The output is no HTML: a name reads better as itself. Control characters are escaped all the same.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The value as indented JSON, ending in a newline.</summary>
    public static string Of<T>(T value, JsonTypeInfo<T> type)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, _options))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
