using MtlsScenario.Model;

namespace MtlsScenario.Tool.Context;

/// <summary>Where the certificates of a scenario are.</summary>
internal static class CertificateFolder
{
    /// <summary>The folder that the user named, or <c>./NAME</c>.</summary>
    public static string Named(string? option, Scenario scenario) => option ?? $"./{scenario.Name}";
}
