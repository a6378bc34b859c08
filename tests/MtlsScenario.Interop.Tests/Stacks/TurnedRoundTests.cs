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
public sealed class TurnedRoundTests
{
    [Theory]
    [ClassData(typeof(ShippedScenarios))]
    public async Task An_expectation_that_is_turned_round_fails(string name)
    {
        // It takes .NET's place where that cannot be an end.
        Needs.Program("openssl");
        Scenario scenario = ShippedScenarios.Read(name);
        if (Stack.NeedsMlDsa(scenario))
        {
            OpenSslPrograms.Needed("3.5");
        }

        for (int index = 0; index < scenario.Connections.Length; index++)
        {
            foreach (Connection wrong in Wrong(scenario.Connections[index]))
            {
                TrialReport report = await TryAsync(scenario with { Connections = scenario.Connections.SetItem(index, wrong) });
                Assert.Equal(ExitCode.CheckFailed, report.ExitCode);
                Assert.All(report.Results, result => Assert.Equal(
                    ReferenceEquals(result.Trial.Connection, wrong) ? TrialStatus.Failed : TrialStatus.Passed, result.Status));
            }
        }
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

    private static async Task<TrialReport> TryAsync(Scenario scenario)
    {
        var context = new ToolContext
        {
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            Input = Stream.Null,
            Time = TimeProvider.System,
            WorkingDirectory = Path.GetTempPath(),
            Environment = Stack.EnvironmentFor(scenario),
        };
        StackSelection selection = await new StackFinder(context).FindAsync(StackRequest.Default, CancellationToken.None);
        return await new ScenarioTrials(context).RunAsync(TrialSet.Of(scenario), null, selection, () => { }, CancellationToken.None);
    }
}
