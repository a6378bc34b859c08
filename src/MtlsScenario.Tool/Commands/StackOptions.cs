using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>--stack</c>, <c>--client</c> and <c>--server</c>: what plays the two ends of each connection.</summary>
internal sealed class StackOptions(CommandSyntax syntax)
{
    private readonly ChoicesOption<PeerKind?> _stacks = syntax.Choices(
        "--stack <STACK>",
        "what plays both ends (curl the client, nginx the server, and .NET the other), also several times",
        [.. PeerKindNames.All.Select(peer => (peer.Word, (PeerKind?)peer.Value)), ("all", null)]);

    private readonly ChoiceOption<PeerKind> _client = syntax.Choice("--client <STACK>", "what plays the client", PeerKindNames.Clients);
    private readonly ChoiceOption<PeerKind> _server = syntax.Choice("--server <STACK>", "what plays the server", PeerKindNames.Servers);

    /// <summary>What was asked for.</summary>
    public StackRequest Read() => new()
    {
        Stacks = [.. _stacks.Values.OfType<PeerKind>().Distinct()],
        All = _stacks.Values.Contains(null),
        Client = _client.HasValue ? _client.Or(default) : null,
        Server = _server.HasValue ? _server.Or(default) : null,
    };

    /// <summary>What of it contradicts itself, or null.</summary>
    public UsageFault? Fault()
    {
        StackRequest request = Read();
        return request switch
        {
            { Client: { } client } when request.Stacks.Any(kind => !PeerKindNames.IsServer(kind)) =>
                new UsageFault($"--stack curl and --client {PeerKindNames.Of(client)} exclude each other", "curl is a client only"),
            { Server: { } server } when request.Stacks.Any(kind => !PeerKindNames.IsClient(kind)) =>
                new UsageFault($"--stack nginx and --server {PeerKindNames.Of(server)} exclude each other", "nginx is a server only"),
            { Client: not null, Server: not null } when !request.Stacks.IsEmpty || request.All =>
                new UsageFault("--stack, --client and --server exclude each other", "--client and --server say already what plays"),
            _ => null,
        };
    }
}
