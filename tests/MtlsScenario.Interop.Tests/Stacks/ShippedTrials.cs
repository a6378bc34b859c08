using MtlsScenario.Handshakes;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Trials;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>All shipped scenarios on all stacks, tried once for all tests of a class.</summary>
public abstract class ShippedTrials : IAsyncLifetime
{
    private readonly Dictionary<(string, PeerKind), TrialReport> _reports = [];

    /// <summary>Where the files of programs that are tried lie, and relative paths start.</summary>
    private protected string Root { get; } = Directory.CreateTempSubdirectory("mtls-scenario-").FullName;

    /// <summary>What is around the trials: this process's PATH.</summary>
    private protected ToolContext Context => Stack.Context(Root);

    /// <summary>What came of a scenario on a stack.</summary>
    internal IReadOnlyDictionary<(string Scenario, PeerKind Stack), TrialReport> Reports => _reports;

    public async Task InitializeAsync()
    {
        await using var finder = new StackSelector(Context);
        foreach (string name in ShippedScenarios.Names())
        {
            Scenario scenario = ShippedScenarios.Read(name);
            string? folder = await MakeAsync(name);
            foreach ((_, PeerKind kind) in PeerKindNames.All.Where(peer => Stack.IsInstalled(peer.Word)))
            {
                await using StackSelector? other = Stack.NeedsMlDsa(scenario) ? new StackSelector(Stack.Context(Root, scenario)) : null;
                StackSelection selection = await (other ?? finder).FindAsync(new StackRequest { Stacks = [kind] }, CancellationToken.None);
                _reports[(name, kind)] = await new ScenarioTrials(Context).RunAsync(TrialSet.Of(scenario), folder, selection, () => { }, CancellationToken.None);
            }
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Root, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Makes the certificates of a scenario, and says in which folder; null to have them issued in memory.</summary>
    private protected abstract Task<string?> MakeAsync(string name);
}
