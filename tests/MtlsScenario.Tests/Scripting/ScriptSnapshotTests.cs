using MtlsScenario.Tests.Binding;
using Xunit;

namespace MtlsScenario.Tests.Scripting;

/// <summary>
/// The script of each scenario that ships, to be read by whoever reviews a change: what they have in common once, and of each
/// what is its own. The two together are the script, to the byte.
/// </summary>
public sealed class ScriptSnapshotTests
{
    private static readonly (string Name, string Actor)[] _parts =
        [("amy-bob", "ca"), ("amy-bob-distinct-cas", "amy"), ("amy-bob-distinct-cas", "bob"), ("by-party", "bob"), ("by-party", "root")];

    private static readonly Lazy<ScriptFrameSnapshot> _frame = new(() => new ScriptFrameSnapshot(
        [.. ShippedScenarios.Names.Select(name => ShippedScript.Of(name)), .. _parts.Select(part => ShippedScript.Of(part.Name, part.Actor))]));

    public static TheoryData<string> All => [.. ShippedScenarios.Names];

    public static TheoryData<string, string> Parts
    {
        get
        {
            var parts = new TheoryData<string, string>();
            foreach ((string name, string actor) in _parts)
            {
                parts.Add(name, actor);
            }

            return parts;
        }
    }

    [Fact]
    public Task What_scripts_have_in_common() => Verifier.Verify(_frame.Value.Text, Settings("frame-of-all"));

    [Theory]
    [MemberData(nameof(All))]
    public Task The_script_of_a_shipped_scenario(string name) => VerifyAsync(ShippedScript.Of(name), name);

    [Theory]
    [MemberData(nameof(Parts))]
    public Task What_one_of_them_runs(string name, string actor) => VerifyAsync(ShippedScript.Of(name, actor), $"{name}-for-{actor}");

    private static Task VerifyAsync(string script, string name)
    {
        string own = _frame.Value.Shorten(script);
        Assert.Equal(script, _frame.Value.Complete(own));
        return Verifier.Verify(own, Settings(name));
    }

    private static VerifySettings Settings(string name)
    {
        var settings = new VerifySettings();
        settings.DisableScrubbers();
        settings.UseDirectory("Snapshots");
        settings.UseFileName(name);
        return settings;
    }
}
