using CliWrap;
using CliWrap.Buffered;
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

    /// <summary>Measured: 1.1.1, 3.0 and 3.1 write X.509 v1 certificates, later ones do not.</summary>
    public static bool WritesVersion1(OpenSslVersion version) => version is { Major: < 3 } or { Major: 3, Minor: < 2 };
}
