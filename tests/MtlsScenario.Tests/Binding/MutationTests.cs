using System.Text;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Layouts;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using Xunit;

namespace MtlsScenario.Tests.Binding;

/// <summary>Whatever a file holds, reading it ends in a scenario or in errors, and never in an exception.</summary>
public sealed class MutationTests
{
    private static readonly string[] _texts =
        [.. ShippedScenarios.Names.Select(name => Encoding.UTF8.GetString(ShippedScenarios.Content(name))), .. FaultCase.All.Select(fault => fault.Yaml)];

    [Fact]
    public void Mutated_scenarios_never_make_it_throw()
    {
        // A fixed seed: a failure is the same on the next run.
        var random = new Random(20260101);
        int faulty = 0;
        for (int run = 0; run < 4000; run++)
        {
            string text = Mutation.Of(_texts, random.Next(1, 5), random);
            ScenarioReadResult result = ScenarioReader.Read("x", Encoding.UTF8.GetBytes(text));
            bool hasErrors = result.Diagnostics.Any(fault => fault.Severity == DiagnosticSeverity.Error);
            Assert.Equal(hasErrors, result.Scenario is null);
            Assert.All(result.Diagnostics, fault => Assert.DoesNotContain('\u001b', fault.ToString()));
            faulty += hasErrors ? 1 : 0;
        }

        Assert.InRange(faulty, 2000, 3999);
    }

    [Fact]
    public void What_is_accepted_can_be_planned_compared_shown_and_issued()
    {
        var random = new Random(20261125);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        string[] quick =
            [.. _texts.Select(text => text.Contains("defaults", StringComparison.Ordinal) ? text : "defaults: { key: ec-p256 }\n" + text)];
        int issued = 0;
        for (int run = 0; run < 3000; run++)
        {
            string text = Mutation.Of(quick, changes: 1, random);
            if (ScenarioReader.Read("x", Encoding.UTF8.GetBytes(text)).Scenario is not { } scenario
                || scenario.Parties.Any(party => party.Replicas > 100))
            {
                continue;
            }

            // What a file may say, code may build.
            BuiltScenario.Check(scenario, now);
            Plan plan = Planner.For(scenario);
            Assert.NotEmpty(LayoutText.Snapshot(PlannedLayout.Of(plan)));
            Reconciliation reconciliation = Reconciler.Run(plan, new FolderReader("nowhere"), new ReconciliationOptions(), now);
            Assert.True(reconciliation.HasWork || !reconciliation.Obstacles.IsEmpty);

            // RSA keys take their time.
            if (plan.Certificates.All(certificate => !certificate.IsExternal && certificate.Key is not (KeyAlgorithm.Rsa2048 or KeyAlgorithm.Rsa3072 or KeyAlgorithm.Rsa4096)))
            {
                using IssuedScenario made = IssuedScenario.Issue(scenario);
                issued++;
            }
        }

        Assert.InRange(issued, 50, 3000);
    }
}
