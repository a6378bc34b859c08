using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Configs;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Commands;

/// <summary>Whom a client calls: what the scenario says where that is clear, or what the user says.</summary>
/// <param name="syntax">Declares the option <c>--to</c>.</param>
/// <param name="urlWord">How the user gives a URL: <c>URL</c>, <c>--url URL</c>.</param>
internal sealed class TargetChoice(CommandSyntax syntax, string urlWord)
{
    private readonly CommandOption _to = syntax.Value("--to <SERVER>", "the server that is called, where the scenario has several", Completion.Party);

    /// <summary>The target; where it is not clear, that is reported, and the command is to return <see cref="ExitCode.Usage"/>.</summary>
    /// <param name="context">Where that is reported.</param>
    /// <param name="scenario">Whose connections are looked at.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="url">The URL that the user gave, or null.</param>
    public CallTarget? Read(ToolContext context, Scenario scenario, PartyReference caller, string? url)
    {
        if (url is not null)
        {
            return ReadUrl(context, url);
        }

        ImmutableArray<CallTarget> targets = CallTargets.Of(scenario, caller);
        ImmutableArray<CallTarget> chosen = _to.Value() is { } server
            ? [.. targets.Where(target => string.Equals(target.Server!.ToString(), server, StringComparison.Ordinal))]
            : targets;
        if (chosen is [var only])
        {
            return only;
        }

        string known = string.Join(", ", targets.Select(target => target.Server));
        _ = (targets, _to.Value()) switch
        {
            ([], _) => context.Report.Fail(ExitCode.Usage, $"{caller} calls nobody in {scenario.Name}", $"say whom: {urlWord}"),
            (_, { } other) => context.Report.Fail(ExitCode.Usage, $"{caller} does not call {VisibleText.Quoted(other)}; it calls {known}"),
            _ => context.Report.Fail(ExitCode.Usage, $"{caller} calls several: {known}", $"say which, as --to {targets[0].Server}, or {urlWord}"),
        };
        return null;
    }

    private static CallTarget? ReadUrl(ToolContext context, string text)
    {
        string whole = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        if (Uri.TryCreate(whole, UriKind.Absolute, out Uri? url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0 && url.Host.Length > 0)
        {
            return new CallTarget(url);
        }

        context.Report.Error($"{VisibleText.Quoted(text)} is not a URL of HTTPS", "one is https://localhost:3000");
        return null;
    }
}
