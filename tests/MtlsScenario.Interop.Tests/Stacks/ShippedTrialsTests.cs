using System.Runtime.CompilerServices;
using MtlsScenario.Handshakes;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Scripting;
using MtlsScenario.Model;
using MtlsScenario.Tool.Trials;
using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>
/// Every shipped scenario on every stack. Where <c>MTLS_SCENARIO_TABLES</c> names a folder, the tables are left there, for
/// <c>.ci/run</c> to print.
/// </summary>
public abstract class ShippedTrialsTests(ShippedTrials trials, ITestOutputHelper output)
{
    public static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (string name in ShippedScenarios.Names())
        {
            foreach ((string word, _) in PeerKindNames.All)
            {
                all.Add(name, word);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_shipped_scenario_passes_on_a_stack(string name, string stack)
    {
        Stack.Needed(stack);
        PeerKind kind = PeerKindNames.All.First(peer => peer.Word == stack).Value;
        TrialReport report = trials.Reports[(name, kind)];
        bool needsMlDsa = Stack.NeedsMlDsa(report.Scenario);
        if (needsMlDsa)
        {
            OpenSslPrograms.Needed("3.5");
        }

        Assert.NotEmpty(report.Results);
        Assert.All(report.Results, result =>
        {
            // What is not tried passes for nothing; so what may be is said here, and all of it.
            // (Which of the others have ML-DSA is theirs: the machine's library tells, and they are asked.)
            bool isPossible = needsMlDsa ? kind == PeerKind.OpenSsl || result.Status == TrialStatus.Passed : IsPossible(result.Trial, kind);
            Assert.True(
                result.Status == (isPossible ? TrialStatus.Passed : TrialStatus.NotTried),
                $"{result.Trial.Name}, TLS {result.Trial.Offered}, {result.Stack}: {result.Verdict} {result.Verdict switch
                {
                    Verdict.Rejected rejected => rejected.StackMessage,
                    Verdict.Inconclusive inconclusive => inconclusive.Why,
                    _ => "",
                }}");
        });
    }

    [Fact]
    public void The_table()
    {
        foreach ((string word, _) in PeerKindNames.All)
        {
            Stack.Needed(word);
        }

        string table = StackTable.Of(Title, trials.Reports);
        output.WriteLine(table);
        if (Environment.GetEnvironmentVariable("MTLS_SCENARIO_TABLES") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, $"{GetType().Name}.table.txt"), table);
        }

        Assert.DoesNotContain("FAILED", table, StringComparison.Ordinal);
        Assert.Equal(ShippedScenarios.Names().Count() * PeerKindNames.All.Length, trials.Reports.Count);
    }

    private protected abstract string Title { get; }

    internal static bool IsPossible(Trial trial, PeerKind stack)
    {
        bool isAtAnotherTime = trial.Connection.At is not null;
        bool hasEd25519 = trial.Client.Certificate.Certificate.Key == KeyAlgorithm.Ed25519 || trial.Server.Certificate.Certificate.Key == KeyAlgorithm.Ed25519;
        bool admitsSome = trial.Server.Certificate.Admits is not null;
        bool admitsByTypedNames = trial.Server.Certificate.Admits is { } admits && admits.Any(entry => entry.Kind is not null);
        return stack switch
        {
            PeerKind.DotNet => !hasEd25519,
            PeerKind.OpenSsl => !admitsSome,
            PeerKind.Node or PeerKind.Curl => !isAtAnotherTime,
            PeerKind.Python => !isAtAnotherTime,
            PeerKind.Java => true,
            PeerKind.Go => trial.Server.Certificate.Certificate.Names.Length > 0,
            PeerKind.Nginx => !isAtAnotherTime && !admitsByTypedNames,
            _ => throw new SwitchExpressionException(stack),
        };
    }
}
