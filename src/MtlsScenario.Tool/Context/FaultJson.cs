using System.Text.Json.Serialization;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Tool.Context;

/// <summary>One fault or warning, for programs; a list of them is printed where there is no result.</summary>
/// <param name="Code">Its stable code: that of a scenario's fault, or what the exit code says.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="File">The file as the user named it, or null where no file is at fault.</param>
/// <param name="Line">From 1; null where it has no place in the file.</param>
/// <param name="Column">From 1, in UTF-16 code units; null where it has no place in the file.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What would be right, or null.</param>
internal sealed record FaultJson(
    string Code, string Severity, string? File, int? Line, int? Column, string Message, string? Hint)
{
    /// <summary>The form of a scenario's fault.</summary>
    public static FaultJson Of(Diagnostic diagnostic) => new(
        diagnostic.Code,
        diagnostic.SeverityText,
        diagnostic.Source,
        diagnostic.Position.Line,
        diagnostic.Position.Column,
        diagnostic.Message,
        diagnostic.Hint);

    /// <summary>The JSON Schema of the list, which <c>schema faults</c> prints.</summary>
    /// <param name="document"><c>faults</c>, or what a command prints where there is a result: <c>probe</c>, <c>rollout</c>.</param>
    public static string ReadSchema(string document)
    {
        using Stream stream = typeof(FaultJson).Assembly.GetManifestResourceStream($"{document}.schema.json")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>How a list of faults becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<FaultJson>))]
internal sealed partial class FaultJsonContext : JsonSerializerContext;
