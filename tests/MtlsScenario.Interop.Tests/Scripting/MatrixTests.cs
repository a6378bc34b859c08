using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>
/// Every scenario that ships, on every OpenSSL: the script makes what <c>apply</c> makes, in the same files, and the layout is
/// the one snapshot that both engines must match. Where <c>MTLS_SCENARIO_MATRIX</c> names a file, the table is written there.
/// </summary>
public sealed class MatrixTests(MatrixTable table) : IClassFixture<MatrixTable>
{
    [OpenSslTheory("1.1.1")]
    [ClassData(typeof(ShippedScenarios))]
    public Task On_1_1_1(string name) => CheckAsync(name, "1.1.1");

    [OpenSslTheory(OpenSslPrograms.Installed)]
    [ClassData(typeof(ShippedScenarios))]
    public Task On_the_machine_s_own(string name) => CheckAsync(name, OpenSslPrograms.Installed);

    [OpenSslTheory("3.5")]
    [ClassData(typeof(ShippedScenarios))]
    public Task On_3_5(string name) => CheckAsync(name, "3.5");

    [OpenSslTheory("3.6")]
    [ClassData(typeof(ShippedScenarios))]
    public Task On_3_6(string name) => CheckAsync(name, "3.6");

    private async Task CheckAsync(string name, string program)
    {
        OpenSslVersion version = await OpenSslFacts.VersionOfAsync(program);
        table.Enter(name, version, "failed");
        Scenario scenario = ShippedScenarios.Read(name);
        Plan plan = Planner.For(scenario);
        using var folder = new ScriptFolder();
        if (await OpenSslFacts.RefusalAsync(folder, plan, program) is { } refusal)
        {
            table.Enter(name, version, refusal);
            return;
        }

        await folder.RunAsync(plan, program);

        Assert.Equal("", folder.Differences(plan));
        await Verifier.Verify(folder.Layout(plan), Beside(name));
        table.Enter(name, version, "equal");
    }

    private static VerifySettings Beside(string name)
    {
        var settings = new VerifySettings();
        settings.DisableScrubbers();
        settings.UseDirectory("../../../scenarios");
        settings.UseFileName(name);
        settings.DisableRequireUniquePrefix();
        return settings;
    }
}
