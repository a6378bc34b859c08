using MtlsScenario.Tests.Binding;
using Xunit;

namespace MtlsScenario.Tests.Scripting;

/// <summary>The script of each scenario that ships, to be read by whoever reviews a change.</summary>
public sealed class ScriptSnapshotTests
{
    public static TheoryData<string> All => [.. ShippedScenarios.Names];

    [Theory]
    [MemberData(nameof(All))]
    public Task The_script_of_a_shipped_scenario(string name) => Verifier.Verify(ShippedScript.Of(name), Settings(name));

    [Theory]
    [InlineData("amy-bob", "ca")]
    [InlineData("amy-bob-distinct-cas", "amy")]
    [InlineData("amy-bob-distinct-cas", "bob")]
    [InlineData("by-party", "bob")]
    [InlineData("by-party", "root")]
    public Task What_one_of_them_runs(string name, string actor) =>
        Verifier.Verify(ShippedScript.Of(name, actor), Settings($"{name}-for-{actor}"));

    private static VerifySettings Settings(string name)
    {
        var settings = new VerifySettings();
        settings.DisableScrubbers();
        settings.UseDirectory("Snapshots");
        settings.UseFileName(name);
        return settings;
    }
}
