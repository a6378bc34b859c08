namespace MtlsScenario.Diagnostics;

/// <summary>How bad a <see cref="Diagnostic"/> is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Legal, but some TLS stack rejects what comes of it; the scenario may mean it.</summary>
    Warning,

    /// <summary>The scenario cannot be used.</summary>
    Error,
}
