using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Configs;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>The argument <c>PARTY</c>: a party of the scenario, or <c>PARTY[K]</c>.</summary>
internal sealed class PartyArgument(CommandSyntax syntax)
{
    private readonly CommandArgument _party = syntax.Required("PARTY", "the party; one of its replicas is PARTY[K]", Completion.Party);

    /// <summary>The party; where there is none, that is reported, and the command is to return <see cref="ExitCode.Usage"/>.</summary>
    public PartyReference? Read(ToolContext context, Scenario scenario)
    {
        PartyReference? party = PartyReference.Read(scenario, _party.Value!, out string why);
        if (party is null)
        {
            context.Report.Error(why);
        }

        return party;
    }
}
