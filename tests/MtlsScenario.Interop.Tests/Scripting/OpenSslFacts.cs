using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>What is known of a version.</summary>
internal static class OpenSslFacts
{
    /// <summary>Which version a program is, by what it says.</summary>
    public static async Task<OpenSslVersion> VersionOfAsync(string program)
    {
        BufferedCommandResult run = await Cli.Wrap(OpenSslPrograms.Needed(program)).WithArguments(["version"]).ExecuteBufferedAsync();
        OpenSslVersion? version = OpenSslVersion.TryParse(run.StandardOutput);
        Assert.True(version is not null, run.StandardOutput);
        if (program != OpenSslPrograms.Installed)
        {
            Assert.StartsWith(program, version.Text, StringComparison.Ordinal);
        }

        return version;
    }

    /// <summary>That a version which writes only v3 says so of a script that asks for v1, and makes nothing.</summary>
    public static async Task AssertRefusesVersion1Async(ScriptFolder folder, Plan plan, string program)
    {
        OpenSslVersion version = await VersionOfAsync(program);
        BufferedCommandResult refused = await folder.TryAsync(ScriptWriter.Write(plan, new ScriptOptions()), new ScriptRun { Version = program });
        Assert.Equal($"not possible: {version} writes v3, and the bare profile asks for X.509 v1 certificates\n", refused.StandardError);
        Assert.Equal(1, refused.ExitCode);
        Assert.False(Directory.Exists(folder.Out));
    }

    /// <summary>
    /// Whether a version cannot make a plan. Then that its script says so, and makes nothing.
    /// </summary>
    /// <returns>What is not possible, or null.</returns>
    public static async Task<string?> RefusalAsync(ScriptFolder folder, Plan plan, string program)
    {
        OpenSslVersion version = await VersionOfAsync(program);
        if (plan.Certificates.Any(certificate => certificate.Template is { Version: 1 }) && !WritesVersion1(version))
        {
            await AssertRefusesVersion1Async(folder, plan, program);
            return $"not possible: {version} writes v3";
        }

        (string Said, string Short)? refusal =
            NeedsMlDsa(plan) && !HasMlDsa(version) ? ("this openssl has no ML-DSA; 3.5 and later have", $"{version} has no ML-DSA")
            : NeedsCrlDates(plan) && !WritesCrlDates(version) ? ($"{version} cannot write the dates of a CRL, only how long it lasts from now on", $"{version} cannot write the dates of a CRL")
            : null;
        if (refusal is not var (said, brief))
        {
            return null;
        }

        BufferedCommandResult refused = await folder.TryAsync(ScriptWriter.Write(plan, new ScriptOptions()), new ScriptRun { Version = program });
        Assert.Equal((1, $"not possible: {said}\n"), (refused.ExitCode, refused.StandardError));
        Assert.False(Directory.Exists(folder.Out));
        return $"not possible: {brief}";
    }

    /// <summary>Whether a CRL of a plan does not last from now on, for a time.</summary>
    public static bool NeedsCrlDates(Plan plan) => plan.CrlSteps.Any(step => step.Step is SignCrl { Template.Validity: { } validity }
        && validity is not { From: TimePoint.Offset { FromNow.Ticks: 0 }, Until: TimePoint.Offset { FromNow.Ticks: > 0 } });

    /// <summary>Measured: 1.1.1 has no option for the dates of a CRL, from 3.0 on there are two.</summary>
    public static bool WritesCrlDates(OpenSslVersion version) => version is { Major: >= 3 };

    /// <summary>Whether any key of a plan is an ML-DSA one.</summary>
    public static bool NeedsMlDsa(Plan plan) => plan.Certificates.Any(certificate => certificate.Key?.IsMlDsa() == true);

    /// <summary>Measured: 3.5 and 3.6 have ML-DSA, 1.1.1 and 3.0 do not.</summary>
    public static bool HasMlDsa(OpenSslVersion version) => version is { Major: > 3 } or { Major: 3, Minor: >= 5 };

    /// <summary>Measured: 1.1.1, 3.0 and 3.1 write X.509 v1 certificates, later ones do not.</summary>
    public static bool WritesVersion1(OpenSslVersion version) => version is { Major: < 3 } or { Major: 3, Minor: < 2 };
}
