using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Stores;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Serving;

/// <summary>
/// The passwords, in the order in which they are tried, of the stores from which <c>test</c>, <c>serve</c> and <c>call</c> take an
/// end's key where it is in no other file: what was said, the empty one, what the scenario names, the one that everybody knows,
/// and what is asked for on the terminal. Disposing of it clears them.
/// </summary>
/// <param name="context">What is around the command.</param>
/// <param name="place">Where the scenario and its certificates are.</param>
/// <param name="file">The file with a password as the user named it; null for none.</param>
internal sealed class StorePasswordOrder(ToolContext context, ScenarioPlace place, string? file) : IDisposable
{
    private readonly List<Password> _own = [];
    private readonly StorePasswords _ofScenario = new(ScenarioFile.FolderOf(context, place.File), context.Environment);

    /// <summary>All that are there whenever this is read.</summary>
    public IEnumerable<Password> All => _own.Concat(_ofScenario.All);

    /// <summary>Finds those that a plan names. Whoever holds a store alone need not have them.</summary>
    public void Learn(Plan plan) => _ = _ofScenario.Obstacles(plan).Count();

    /// <summary>Finds them, and asks on the terminal for those of the stores that none of them opens.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="ends">Whose stores are to be opened.</param>
    /// <param name="cancellationToken">Ends the waiting for an answer.</param>
    /// <exception cref="EnvironmentException">What was said cannot be read, or what was typed opens nothing.</exception>
    public async Task FindAsync(Scenario scenario, IEnumerable<TrialEnd> ends, CancellationToken cancellationToken)
    {
        Plan plan = Planner.For(scenario);
        Learn(plan);
        var given = new GivenPassword(context, file);
        if (given.Said() is { } said)
        {
            _own.AddRange([said, Password.Of([])]);
            return;
        }

        _own.Add(Password.Of([]));
        if (!given.CanAsk)
        {
            return;
        }

        var reader = new FolderReader(context.Resolve(CertificateFolder.Named(place.Folder, scenario)));
        var artifacts = new FolderArtifacts(scenario, plan, reader, All);
        foreach (string store in ends.Distinct().SelectMany(artifacts.ClosedStores))
        {
            string shown = VisibleText.Of(store);
            _own.Add(await given.AskAsync(shown, cancellationToken).ConfigureAwait(false)
                ?? throw new EnvironmentException($"{shown} has a password, and none was given"));
            if (new EndStores(reader, All).IsClosed(store))
            {
                throw new EnvironmentException($"{shown} has another password, or is damaged");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _own.ForEach(password => password.Dispose());
        _ofScenario.Dispose();
    }
}
