namespace MtlsScenario.Configs;

/// <summary>
/// Text in configurations that have no quotes, where a value ends at the end of the line (Mosquitto, stunnel) or at a comment
/// (RabbitMQ, which also has quotes and references in some versions and not in others).
/// </summary>
internal static class PlainValue
{
    /// <summary>Whether the text would not be read as it is.</summary>
    public static bool IsNot(string text) =>
        text != text.Trim() || text.Any(character => char.IsControl(character) || "#'\"$".Contains(character, StringComparison.Ordinal));
}
