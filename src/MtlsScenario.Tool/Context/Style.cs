using MtlsScenario.Diagnostics;

namespace MtlsScenario.Tool.Context;

/// <summary>The colours of messages, or none.</summary>
internal sealed class Style(bool coloured)
{
    /// <summary>What names an error.</summary>
    public string Error(string text) => Coloured("1;31", text);

    /// <summary>What names a warning.</summary>
    public string Warning(string text) => Coloured("1;33", text);

    /// <summary>What went well.</summary>
    public string Good(string text) => Coloured("32", text);

    /// <summary>A title.</summary>
    public string Title(string text) => Coloured("1", text);

    /// <summary>The diagnostic as it describes itself, its severity coloured.</summary>
    public string Of(Diagnostic diagnostic) => diagnostic.ToString(diagnostic.Severity == DiagnosticSeverity.Error ? Error : Warning);

    private string Coloured(string code, string text) => coloured ? $"\e[{code}m{text}\e[0m" : text;
}
