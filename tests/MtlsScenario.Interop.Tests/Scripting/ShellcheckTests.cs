using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>shellcheck finds nothing in any script, and no directive silences it.</summary>
public sealed class ShellcheckTests : IDisposable
{
    private readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [ClassData(typeof(ShippedScenarios))]
    public Task The_scripts_of_a_scenario_that_ships(string name) => CheckAsync(Planner.For(ShippedScenarios.Read(name)));

    [Fact]
    public async Task The_scripts_of_random_hostile_scenarios()
    {
        int seed = HostileScenario.NewSeed();
        for (int index = 0; index < 10; index++)
        {
            var random = new HostileScenario(seed + index);
            await CheckAsync(ScriptFolder.PlanOf(random.Many(12)), $" (seed {seed + index})");
        }
    }

    private async Task CheckAsync(Plan plan, string about = "")
    {
        var files = new List<string>();
        foreach (string? actor in new string?[] { null }.Concat(plan.Certificates.Select(certificate => certificate.Holder.Name).Distinct()))
        {
            string script = ScriptWriter.Write(plan, new ScriptOptions { For = actor });
            Assert.DoesNotMatch(@"(?m)^\s*#\s*shellcheck", script);
            files.Add(_folder.Write($"{actor ?? "whole of it"}.sh", script));
        }

        files.Add(_folder.Write("plain.sh", PlainScript.Write(plan)));
        BufferedCommandResult run = await Cli.Wrap(Needs.Program("shellcheck"))
            .WithArguments(["--norc", "--severity=style", .. files])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        Assert.True(run.ExitCode == 0, run.StandardOutput + run.StandardError + about);
    }
}
