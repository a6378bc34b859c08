using CliWrap.Buffered;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>Random subjects, names, serials, dates and extensions, hostile characters among them: native against openssl.</summary>
public sealed class RandomEquivalenceTests
{
    private const int Certificates = 40;

    public static TheoryData<int> Rounds => [1, 2, 3];

    [OpenSslTheory("1.1.1")]
    [MemberData(nameof(Rounds))]
    public Task On_1_1_1(int round) => CheckAsync("1.1.1", round);

    [OpenSslTheory(OpenSslPrograms.Installed)]
    [MemberData(nameof(Rounds))]
    public Task On_the_machine_s_own(int round) => CheckAsync(OpenSslPrograms.Installed, round);

    [OpenSslTheory("3.5")]
    [MemberData(nameof(Rounds))]
    public Task On_3_5(int round) => CheckAsync("3.5", round);

    [OpenSslTheory("3.6")]
    [MemberData(nameof(Rounds))]
    public Task On_3_6(int round) => CheckAsync("3.6", round);

    private static async Task CheckAsync(string version, int round)
    {
        int seed = HostileScenario.NewSeed() + round;
        Plan plan = ScriptFolder.PlanOf(new HostileScenario(seed).Many(Certificates));
        using var folder = new ScriptFolder();

        BufferedCommandResult run = await folder.TryAsync(ScriptWriter.Write(plan, new ScriptOptions()), new ScriptRun { Version = version });

        Assert.True(run.ExitCode == 0, $"seed {seed}: {run.StandardError}");
        string differences = folder.Differences(plan);
        Assert.True(differences.Length == 0, $"seed {seed}: {differences}");
    }
}
