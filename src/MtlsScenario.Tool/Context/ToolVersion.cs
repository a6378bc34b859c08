using System.Reflection;

namespace MtlsScenario.Tool.Context;

/// <summary>The version of this program.</summary>
internal static class ToolVersion
{
    /// <summary>The package's version, such as <c>1.2.3</c> or <c>1.2.3-rc.1</c>.</summary>
    public static string Text { get; } = typeof(ToolVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
