using MtlsScenario.Files;
using MtlsScenario.Layouts;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario;

/// <summary>
/// What the certificates of a scenario say, who issued them, who trusts them and where their files are. Its text is what
/// <c>mtls-scenario snapshot</c> keeps: random serials and relative dates are said in words, so that it is the same for what
/// would be issued, for what was issued and for a folder that is in step.
/// </summary>
/// <example>
/// <code>
/// await Verify(ScenarioLayout.Of(ScenarioLoader.Load("amy-bob.yaml")).ToString());
/// </code>
/// </example>
public sealed class ScenarioLayout
{
    private readonly string _text;

    private ScenarioLayout(Layout layout)
    {
        _text = LayoutText.Snapshot(layout);
    }

    /// <summary>The layout of what would be issued.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <exception cref="InvalidScenarioException">It was built in code, and has faults.</exception>
    public static ScenarioLayout Of(Scenario scenario) => new(PlannedLayout.Of(PlanOf(scenario)));

    /// <summary>The layout of what was issued in memory; of a party with replicas, of the first.</summary>
    /// <param name="issued">The keys and certificates.</param>
    public static ScenarioLayout Of(IssuedScenario issued)
    {
        ArgumentNullException.ThrowIfNull(issued);
        return new ScenarioLayout(issued.Describe());
    }

    /// <summary>The layout of what is in a folder, whoever put it there; what a certificate says otherwise than the scenario stands there.</summary>
    /// <param name="scenario">The scenario of the folder.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="InvalidScenarioException">The scenario was built in code, and has faults.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static ScenarioLayout OfFolder(Scenario scenario, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Plan plan = PlanOf(scenario);
        var reader = new FolderReader(folder);
        return reader.Exists
            ? new ScenarioLayout(FoundLayout.InWordsOfPlan(plan, reader, cancellationToken))
            : throw new DirectoryNotFoundException($"There is no folder {folder}.");
    }

    /// <summary>The text, with <c>\n</c> between its lines and none at its end.</summary>
    public override string ToString() => _text;

    private static Plan PlanOf(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        BuiltScenario.Check(scenario, TimeProvider.System.GetUtcNow());
        return Planner.For(scenario);
    }
}
