using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Model;
using MtlsScenario.Tool.Tests;
using Xunit;

namespace MtlsScenario.Interop.Tests.Pictures;

/// <summary>The scenarios that ship and the company, each drawn with and without its steps, in a folder.</summary>
internal sealed class DrawnScenarios : IDisposable
{
    private readonly WorkFolder _folder = new();

    /// <summary>Draws all in a format.</summary>
    /// <returns>The files, with the scenario of each, and whether its steps are drawn.</returns>
    public async Task<IReadOnlyList<(string File, Scenario Scenario, bool HasSteps)>> DrawAsync(string format)
    {
        _folder.Write("company.yaml", CompanyScenario.Create());
        var drawn = new List<(string, Scenario, bool)>();
        foreach (string file in ((IEnumerable<object[]>)new ShippedScenarios()).Select(row => ShippedScenarios.FileOf((string)row[0])).Append(_folder.PathOf("company.yaml")))
        {
            Scenario scenario = ScenarioLoader.Load(file);
            foreach (bool hasSteps in new[] { false, true })
            {
                string picture = _folder.PathOf($"{scenario.Name}{(hasSteps ? "-steps" : "")}.{format}");
                ToolRun run = await _folder.RunAsync(["graph", file, "-f", format, "-o", picture, .. hasSteps ? ["--steps"] : Array.Empty<string>()]);
                Assert.True(run.ExitCode == 0, run.Error);
                drawn.Add((picture, scenario, hasSteps));
            }
        }

        return drawn;
    }

    /// <summary>How many certificates are drawn; a fleet is one.</summary>
    public static int Certificates(Scenario scenario) =>
        scenario.Authorities.Length + scenario.Parties.Sum(party => party.Certificates.Length);

    /// <summary>How many lines there are: who signs, who trusts and who calls.</summary>
    public static int Lines(Scenario scenario) =>
        scenario.Authorities.Count(authority => authority.Issuer is not null)
        + scenario.Parties.Sum(party => party.Certificates.Sum(certificate => 1 + certificate.Trusts.Length))
        + scenario.Connections.Length;

    public void Dispose() => _folder.Dispose();
}
