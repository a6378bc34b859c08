using MtlsScenario.Handshakes;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Tool.Trials;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>Each program that can call, against each that can be called.</summary>
public sealed class MixedStackTests(Finder finder) : IClassFixture<Finder>
{
    public static TheoryData<string, string, string> Pairs()
    {
        var pairs = new TheoryData<string, string, string>();
        foreach (string name in new[] { "intermediate-ca", "no-client-certificate", "expired", "wrong-host", "tls13-only", "same-name-cas" })
        {
            foreach ((string client, _) in PeerKindNames.Clients)
            {
                foreach ((string server, _) in PeerKindNames.Servers)
                {
                    pairs.Add(name, client, server);
                }
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Whoever_plays_an_end_the_verdict_is_the_same(string name, string client, string server)
    {
        Stack.Needed(client);
        Stack.Needed(server);
        var request = new StackRequest
        {
            Client = PeerKindNames.All.First(peer => peer.Word == client).Value,
            Server = PeerKindNames.All.First(peer => peer.Word == server).Value,
        };
        StackSelection selection = await finder.Stacks.FindAsync(request, CancellationToken.None);
        TrialReport report = await new ScenarioTrials(Stack.Context(Path.GetTempPath())).RunAsync(
            TrialSet.Of(ShippedScenarios.Read(name)), null, selection, () => { }, CancellationToken.None);

        Assert.Equal(client == server ? client : $"{client}+{server}", Assert.Single(selection.Names));
        Assert.All(report.Results, result => Assert.True(
            result.Status == TrialStatus.Passed, $"{result.Trial.Name}, TLS {result.Trial.Offered}: {result.Verdict}"));
    }
}
