using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Shells;

/// <summary>What a scenario has to offer to a completion script, which asks with a command that is in no help.</summary>
internal static class CompletionOffers
{
    /// <summary>The command that the scripts run: <c>__offer stems FILE</c>, <c>__offer parties FILE</c>.</summary>
    public const string Command = "__offer";

    /// <summary>What the scripts ask for, for a value of that kind.</summary>
    public static string Word(CompletionKind kind) => kind == CompletionKind.Stem ? "stems" : "parties";

    /// <summary>Prints the offers, a line each; none where the scenario is not right, for nobody reads an error at that moment.</summary>
    public static async Task<ExitCode> PrintAsync(
        ToolContext context, string kind, string file, CancellationToken cancellationToken)
    {
        ScenarioReadResult result = await ScenarioFile.ReadAsync(context, file, cancellationToken).ConfigureAwait(false);
        IEnumerable<string> offers = (result.Scenario, kind) switch
        {
            (null, _) => [],
            ({ } scenario, "stems") => Stems(scenario),
            ({ } scenario, _) => scenario.Parties.Select(party => party.Name),
        };
        context.Report.Result(string.Concat(offers.Select(offer => offer + "\n")));
        return ExitCode.Success;
    }

    private static IEnumerable<string> Stems(Scenario scenario) =>
    [
        .. Planner.For(scenario).Certificates
            .Where(certificate => !certificate.IsExternal)
            .Select(certificate => certificate.Members.First().Stem),
        "all",
    ];
}
