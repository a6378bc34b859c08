using System.Text.RegularExpressions;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using MtlsScenario.Tests.Binding;
using Xunit;

namespace MtlsScenario.Tests.Scripting;

/// <summary>The scripts that are there to be learnt from.</summary>
public sealed partial class PlainScriptTests
{
    private const string Fleet = """
        name: fleet
        folders: by-party
        defaults: { key: ec-p256, request: false }
        authorities:
          root: { subject: /CN=root }
          ca: { subject: /CN=ca, issuer: root, lifetime: 36h, operator: shop }
          partner: { external: true }
        parties:
          till: { replicas: 20, client: { subject: "/CN=till-{n}", issuer: ca, lifetime: 1h, serial: "{n}", names: ["dns:till-{n}.example"] } }
          shop: { server: { subject: /CN=shop.example, issuer: partner, trusts: [root, partner] } }
        connections: [till -> shop]
        """;

    public static TheoryData<string> All => [.. ShippedScenarios.Names];

    [Theory]
    [InlineData("amy-bob", 150)]
    [InlineData("amy-bob-bare", 70)]
    [InlineData("amy-bob-distinct-cas", 175)]
    public void It_is_short(string name, int lines) =>
        Assert.InRange(Plain(name).Count(character => character == '\n'), lines / 2, lines);

    [Theory]
    [InlineData("amy-bob")]
    [InlineData("amy-bob-bare")]
    [InlineData("by-party")]
    [InlineData("expired")]
    public Task Of_a_shipped_scenario(string name) => VerifyAsync(Plain(name), name);

    [Fact]
    public Task Of_a_fleet_and_provided_files_in_folders_by_party() => VerifyAsync(PlainScript.Write(ShippedScript.PlanOfText(Fleet)), "fleet");

    /// <summary>Nothing is to be looked up elsewhere in the script, and it begins safely.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void It_has_no_function_and_no_phase(string name)
    {
        string script = Plain(name);

        // What openssl has no command for is one: a trust store, and manifests.
        Assert.Equal(
            ShippedScript.PlanOf(name).FinalSteps.Any(final => final.Step is WriteFormat { Kind: ArtifactKind.TrustStore or ArtifactKind.Secret }),
            script.Contains("() {", StringComparison.Ordinal));
        Assert.DoesNotContain("phase", script, StringComparison.Ordinal);
        Assert.True(script.IndexOf("\nset -eu\numask 077\n", StringComparison.Ordinal) < script.IndexOf("openssl", script.IndexOf("\nset", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Contains("\nset -eu\numask 077\n", script, StringComparison.Ordinal);
    }

    /// <summary>The steps, and who acts, are those of the whole script.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Its_headings_are_those_of_the_other_script(string name) =>
        Assert.Equal(Headings(ShippedScript.Of(name)), Headings(Plain(name)));

    [Theory]
    [MemberData(nameof(All))]
    public void It_names_all_files_that_it_makes_before_it_makes_one(string name)
    {
        Plan plan = ShippedScript.PlanOf(name);
        string script = PlainScript.Write(plan);
        string guard = script[..script.IndexOf("\n# 1. [", StringComparison.Ordinal)];

        Assert.All(
            plan.Certificates.SelectMany(certificate => certificate.Steps).Concat(plan.FinalSteps.Concat(plan.CrlSteps).Select(final => final.Step)),
            step => Assert.Matches($"[ =]{Regex.Escape(StepCommands.Word(step.Output))}[;\\s]", guard));
    }

    /// <summary>A fleet of a million is a loop, in the guard and in the steps, and as short as one of two.</summary>
    [Fact]
    public void A_fleet_is_a_loop()
    {
        string few = PlainScript.Write(ShippedScript.PlanOfText(Fleet.Replace("replicas: 20", "replicas: 2", StringComparison.Ordinal)));
        string many = PlainScript.Write(ShippedScript.PlanOfText(Fleet.Replace("replicas: 20", "replicas: 1000000", StringComparison.Ordinal)));

        Assert.Equal(few.Split('\n').Length, many.Split('\n').Length);
    }

    private static string Plain(string name) => PlainScript.Write(ShippedScript.PlanOf(name));

    private static string[] Headings(string script) => [.. Heading().Matches(script).Select(match => match.Value.Trim())];

    private static Task VerifyAsync(string script, string name)
    {
        var settings = new VerifySettings();
        settings.UseDirectory("Snapshots");
        settings.UseFileName(name + "-plain");
        return Verifier.Verify(script, settings);
    }

    [GeneratedRegex(@"^ *# (\d+\. \[.*| *\S+ goes to .*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
