using MtlsScenario.Handshakes;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Scripting;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Trials;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>
/// The check can fail: each expectation of each shipped scenario turned round, with the same certificates. (In the file, who
/// trusts whom follows from what is expected; here it is settled already.)
/// </summary>
public sealed class TurnedRoundTests(Finder finder) : IClassFixture<Finder>
{
    public static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (string name in ShippedScenarios.Names())
        {
            foreach (string stack in new[] { "dotnet", "java", "go", "python" })
            {
                all.Add(name, stack);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_expectation_that_is_turned_round_fails(string name, string stack)
    {
        Stack.Needed(stack);
        PeerKind kind = PeerKindNames.All.First(peer => peer.Word == stack).Value;

        Scenario scenario = ShippedScenarios.Read(name);
        if (Stack.NeedsMlDsa(scenario))
        {
            OpenSslPrograms.Needed("3.5");
        }

        // openssl takes .NET's place where that cannot be an end.
        await using StackSelector? own = kind == PeerKind.DotNet ? new StackSelector(Stack.Context(Path.GetTempPath(), scenario)) : null;
        StackSelection selection = await (own ?? finder.Stacks).FindAsync(
            own is not null ? StackRequest.Default : new StackRequest { Stacks = [kind] }, CancellationToken.None);
        for (int index = 0; index < scenario.Connections.Length; index++)
        {
            foreach (Connection wrong in Wrong(scenario.Connections[index]))
            {
                TrialReport report = await new ScenarioTrials(Stack.Context(Path.GetTempPath(), scenario)).RunAsync(
                    TrialSet.Of(scenario with { Connections = scenario.Connections.SetItem(index, wrong) }), null, selection, () => { }, CancellationToken.None);
                Assert.All(report.Results, result => Assert.Equal(Expected(result, wrong), result.Status));
                Assert.NotEqual(ExitCode.Success, report.ExitCode);
            }
        }

        TrialStatus Expected(TrialResult result, Connection wrong) =>
            kind != PeerKind.DotNet && (!ShippedTrialsTests.IsPossible(result.Trial, kind) || Stack.NeedsMlDsa(scenario)) ? TrialStatus.NotTried
            : ReferenceEquals(result.Trial.Connection, wrong) ? TrialStatus.Failed
            : TrialStatus.Passed;
    }

    private static IEnumerable<Connection> Wrong(Connection connection)
    {
        if (connection.Expect == Outcome.Accepted)
        {
            yield return connection with { Expect = Outcome.Rejected };
            yield break;
        }

        yield return connection with { Expect = Outcome.Accepted, By = null, Because = null };
        yield return connection with { By = connection.By == Side.Client ? Side.Server : Side.Client };
        yield return connection with { Because = connection.Because == RejectionReason.Revoked ? RejectionReason.WeakKey : RejectionReason.Revoked };
    }
}
