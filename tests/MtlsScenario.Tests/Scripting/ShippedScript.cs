using System.Text;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using MtlsScenario.Tests.Binding;
using Xunit;

namespace MtlsScenario.Tests.Scripting;

/// <summary>Scripts to test.</summary>
internal static class ShippedScript
{
    /// <summary>The plan of a scenario that ships.</summary>
    public static Plan PlanOf(string name) => PlanOfText(Encoding.UTF8.GetString(ShippedScenarios.Content(name)));

    /// <summary>The plan of a scenario's text, which must be right.</summary>
    public static Plan PlanOfText(string yaml)
    {
        ScenarioReadResult result = ScenarioReader.Read("scenario.yaml", Encoding.UTF8.GetBytes(yaml));
        Assert.True(result.Scenario is not null, string.Join('\n', result.Diagnostics));
        return Planner.For(result.Scenario!);
    }

    /// <summary>The script of a scenario that ships, or what one of those in it runs.</summary>
    public static string Of(string name, string? actor = null) => Of(PlanOf(name), actor);

    /// <summary>The script of a plan, or what one of those in it runs.</summary>
    public static string Of(Plan plan, string? actor = null) => ScriptWriter.Write(plan, new ScriptOptions { For = actor });

    /// <summary>Who has something to run: parties, and the third parties' authorities.</summary>
    public static IEnumerable<string> ActorsOf(Plan plan) => plan.Certificates.Select(certificate => certificate.Holder.Name).Distinct();
}
