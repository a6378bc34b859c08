using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
using MtlsScenario.Faults;
using MtlsScenario.Model;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Commands;

/// <summary>The options <c>--only</c> and <c>--skip</c>: which faults are tried.</summary>
/// <param name="syntax">Declares them.</param>
/// <param name="side">Which end has the faults.</param>
internal sealed class FaultChoice(CommandSyntax syntax, Side side)
{
    private readonly CommandOption _only = syntax.Values("--only <IDS>", "try these faults alone, with commas between", Completion.Of(Ids(side)));
    private readonly CommandOption _skip = syntax.Values("--skip <IDS>", "leave these faults out, with commas between", Completion.Of(Ids(side)));

    /// <summary>The one of both options that was said; null where none was.</summary>
    public string? Said => _only.HasValue() ? _only.LongName : _skip.HasValue() ? _skip.LongName : null;

    /// <summary>All faults of that end.</summary>
    public static ImmutableArray<Fault> All(Side side) => [.. FaultCatalog.All.Where(fault => FaultCatalog.GradeOf(fault, side) is not null)];

    /// <summary>The faults that are tried; where one is unknown, that is reported, and the command is to return <see cref="ExitCode.Usage"/>.</summary>
    public ImmutableArray<Fault>? Read(ToolContext context)
    {
        ImmutableArray<string> ids = Ids(side);
        ImmutableArray<string> only = Split(_only);
        ImmutableArray<string> skip = Split(_skip);
        if (only.Concat(skip).FirstOrDefault(id => !ids.Contains(id)) is { } unknown)
        {
            context.Report.Error($"there is no fault {VisibleText.Quoted(unknown)}", DidYouMean.OneOf(ids, unknown));
            return null;
        }

        ImmutableArray<Fault> chosen = [.. All(side).Where(fault => (only.IsEmpty || only.Contains(fault.Id)) && !skip.Contains(fault.Id))];
        if (chosen.IsEmpty)
        {
            context.Report.Error("--only and --skip leave no fault", "what is not tried is no pass");
            return null;
        }

        return chosen;
    }

    private static ImmutableArray<string> Ids(Side side) => [.. All(side).Select(fault => fault.Id)];

    private static ImmutableArray<string> Split(CommandOption option) => [.. option.Values.SelectMany(ids => ids!.Split(',', StringSplitOptions.TrimEntries))];
}
