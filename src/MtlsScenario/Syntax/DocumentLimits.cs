namespace MtlsScenario.Syntax;

/// <summary>How much a scenario file may be, so that a hostile one costs little.</summary>
internal static class DocumentLimits
{
    /// <summary>The largest file, in bytes.</summary>
    public const int Bytes = 1024 * 1024;

    /// <summary>The deepest nesting of mappings and lists.</summary>
    public const int Depth = 64;

    /// <summary>How many nodes aliases and merge keys may stand for, all together.</summary>
    public const long AliasedNodes = 100_000;
}
