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

    /// <summary>Every format of every scenario on every OpenSSL, by what its files are called; among other tests of one scenario.</summary>
    [Fact]
    [Trait(LongRun.Category, LongRun.Long)]
    public async Task Every_format()
    {
        List<string> wrong = [];
        foreach (string program in OpenSslPrograms.All)
        {
            OpenSslVersion version = await OpenSslFacts.VersionOfAsync(program);
            foreach (string name in ShippedScenarios.Names().Take(LongRun.Count("FORMATS", brief: 1, atLength: int.MaxValue)))
            {
                Plan plan = Planner.For(WithFormats(ShippedScenarios.Read(name)));
                using var folder = new ScriptFolder();
                string? refusal = await OpenSslFacts.RefusalAsync(folder, plan, program);
                if (refusal is null)
                {
                    await folder.RunAsync(plan, program);
                }

                string[] differing = refusal is null ? [.. folder.Differences(plan).Split('\n').Select(line => line.Split(':')[0])] : [];
                foreach (ArtifactKind kind in plan.Certificates.SelectMany(certificate => certificate.Formats).Select(format => format.Kind).Distinct())
                {
                    bool differs = differing.Any(file => KindOf(file) == kind);
                    table.Enter($"{name}  {FileNames.Suffix(kind)}", version, refusal ?? (differs ? "differs" : "equal"));
                    wrong.AddRange(differs ? [$"{name} {kind} {program}"] : []);
                }

                wrong.AddRange(differing.Where(file => file.Length > 0 && KindOf(file) is null));
            }
        }

        Assert.Equal([], wrong);
    }

    /// <summary>The format that a file has by its name: the one with the longest ending.</summary>
    private static ArtifactKind? KindOf(string file) => Enum.GetValues<FormatKind>().SelectMany(format => FileNames.FilesOf(format))
        .Where(kind => file.EndsWith(FileNames.Suffix(kind), StringComparison.Ordinal))
        .OrderByDescending(kind => FileNames.Suffix(kind).Length).Select(kind => (ArtifactKind?)kind).FirstOrDefault();

    private static Scenario WithFormats(Scenario scenario) => scenario with
    {
        Parties =
        [
            .. scenario.Parties.Select(party => party with
            {
                Certificates =
                [
                    .. party.Certificates.Select(certificate => certificate with
                    {
                        Password = null,
                        Formats = [.. Enum.GetValues<FormatKind>().Where(kind => kind != FormatKind.Traditional || KeyNames.Of(certificate.Certificate.Key)[0] is 'r' or 'e' && certificate.Certificate.Key != KeyAlgorithm.Ed25519).Select(kind => new FileFormat(kind))],
                    }),
                ],
            }),
        ],
    };

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
