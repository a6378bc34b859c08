using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Serving;
using MtlsScenario.Model;

namespace MtlsScenario.Interop.Tests.Pictures;

/// <summary>The scenarios that ship and the company, each drawn with and without its steps, in a folder.</summary>
internal sealed class DrawnScenarios : IDisposable
{
    private readonly ToolFolder _folder = new();

    /// <summary>Draws all in a format.</summary>
    /// <returns>The files, with the scenario of each, and whether its steps are drawn.</returns>
    public async Task<IReadOnlyList<(string File, Scenario Scenario, bool HasSteps)>> DrawAsync(string format)
    {
        _folder.Write("company.yaml", CompanyScenario.Create());
        var drawn = new List<(string, Scenario, bool)>();
        foreach (string file in ((IEnumerable<object[]>)new ShippedScenarios()).Select(row => ShippedScenarios.FileOf((string)row[0])).Append(_folder.At("company.yaml")))
        {
            Scenario scenario = ScenarioLoader.Load(file);
            foreach (bool hasSteps in new[] { false, true })
            {
                string picture = _folder.At($"{scenario.Name}{(hasSteps ? "-steps" : "")}.{format}");
                await _folder.RunToolAsync(["graph", file, "-f", format, "-o", picture, .. hasSteps ? ["--steps"] : Array.Empty<string>()]);
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
