using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Configs;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Probing;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>--against</c>: servers that run already, in the place of the scenario's.</summary>
internal sealed class AgainstOption(CommandSyntax syntax)
{
    private readonly CommandOption _against = syntax.Values(
        "--against <SERVER>", "a server that runs, as PARTY=HOST:PORT, with SCHEME:// before HOST, several times: connections to it alone are tried");

    private readonly CommandOption _send = syntax.Value("--send <FILE>", "with --against: what the scheme raw sends first", Completion.File);

    /// <summary>Whether it was said.</summary>
    public bool IsWanted => _against.HasValue();

    /// <summary>What of the options contradicts itself, or null.</summary>
    /// <param name="stacks">What else could play.</param>
    /// <param name="issue">The option that makes certificates of its own; null for none.</param>
    public UsageFault? Fault(StackOptions stacks, CommandOption? issue = null) => this switch
    {
        { IsWanted: false } when _send.HasValue() => new UsageFault("--send needs --against", "it says what a server that runs is sent"),
        { IsWanted: true } when !stacks.Read().IsDefault => new UsageFault("--against excludes --stack, --client and --server", "the server runs already, and this tool calls it"),
        { IsWanted: true } when issue?.HasValue() is true => new UsageFault("--against and --issue exclude each other", "a server that runs does not know what would be issued"),
        _ => null,
    };

    /// <summary>The servers; where they are not clear, that is reported, and the command is to return <see cref="ExitCode.Usage"/>.</summary>
    public async Task<RunningServers?> ReadAsync(ToolContext context, Scenario scenario, CancellationToken cancellationToken)
    {
        var servers = new List<RunningServer>();
        foreach (string text in _against.Values.OfType<string>())
        {
            (RunningServer? server, UsageFault fault) = Read(scenario, text);
            if (server is null)
            {
                context.Report.Error($"--against: {fault.Message}", fault.Hint);
                return null;
            }

            servers.Add(server);
        }

        byte[] message = _send.Value() is { } file ? await File.ReadAllBytesAsync(context.Resolve(file), cancellationToken).ConfigureAwait(false) : [];

        // Who is named with a number comes before all of them.
        var running = new RunningServers([.. servers.OrderBy(server => server.Number is null)], message);
        if (running.Of(scenario).Connections.IsEmpty)
        {
            context.Report.Error($"nobody calls {string.Join(" or ", servers.Select(server => server.Party).Distinct())} in {scenario.Name}", "say who must get through to it, and who not, as: connections");
            return null;
        }

        return running;
    }

    private static (RunningServer? Server, UsageFault Fault) Read(Scenario scenario, string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? text : text[..equals];
        if (equals < 0 || ServerAddress.Read(text[(equals + 1)..]) is not { } address)
        {
            return (null, new UsageFault($"{VisibleText.Quoted(text)} is not valid", $"PARTY={ServerAddress.Expected}"));
        }

        string why = "";
        Party? party = scenario.Parties.FirstOrDefault(party => party.Name == name);
        PartyReference? reference = party is null ? PartyReference.Read(scenario, name, out why) : new PartyReference(party, null);
        return reference is null ? (null, new UsageFault(why, "one is bob=localhost:8443"))
            : reference.Party.Called is null ? (null, new UsageFault($"{reference} has no certificate to be called with", "it is to be a server or a peer"))
            : (new RunningServer(reference.Party.Name, reference.Number, address), default!);
    }
}
