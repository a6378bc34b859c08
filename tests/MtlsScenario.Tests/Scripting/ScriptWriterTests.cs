using System.Globalization;
using MtlsScenario.Planning;
using MtlsScenario.Tests.Binding;
using MtlsScenario.Tests.Files;
using Xunit;

namespace MtlsScenario.Tests.Scripting;

public sealed class ScriptWriterTests
{
    private const string Fleet = """
        name: fleet
        authorities: { ca: { subject: /CN=ca } }
        parties:
          till: { replicas: 20, client: { subject: "/CN=till-{n}", issuer: ca, serial: "{n}", names: ["uri:urn://till/{n}"] } }
        """;

    public static TheoryData<string> All => [.. ShippedScenarios.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_scenario_gives_the_same_script_in_any_culture(string name)
    {
        string script = ShippedScript.Of(name);
        CultureInfo culture = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NegativeSign = "minus";
        other.NumberFormat.NumberGroupSeparator = "'";
        other.DateTimeFormat.DateSeparator = "~";
        other.DateTimeFormat.TimeSeparator = "~";
        try
        {
            CultureInfo.CurrentCulture = other;
            Assert.Equal(script, ShippedScript.Of(name));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Every_kind_of_step_is_handled_by_both_engines()
    {
        // Formats are made by apply alone so far, and the script is refused. A party's intermediate gives a chain and a copy of it, two anchors a file of anchors.
        const string yaml = """
            name: all
            folders: by-party
            defaults: { key: ec-p256 }
            authorities:
              root: { subject: /CN=root }
              other: { subject: /CN=other }
              middle: { subject: /CN=middle, issuer: root }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: middle, trusts: [root, other], revocation: crl, formats: [p12] } }
            """;
        Plan plan = ShippedScript.PlanOfText(yaml);
        PlanStep[] steps = [.. plan.Certificates.SelectMany(certificate => certificate.Steps), .. plan.FinalSteps.Concat(plan.CrlSteps).Select(final => final.Step)];
        string script = ShippedScript.Of(plan);
        using var folder = new TemporaryFolder();
        using (IssuedScenario issued = IssuedScenario.Issue(ScenarioLoader.Parse(yaml)))
        {
            issued.WriteTo(folder.At("out"));
        }

        Assert.Equal(
            Kinds(typeof(PlanStep).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(PlanStep)))),
            Kinds(steps.Select(step => step.GetType())));
        Assert.All(steps, step => Assert.Contains($" {step.Output}\n", script, StringComparison.Ordinal));
        Assert.All(steps, step => Assert.True(File.Exists(folder.At($"out/{step.Output}")), step.Output));
    }

    [Fact]
    public void A_fleet_is_a_loop_and_not_a_line_a_replica()
    {
        string few = ShippedScript.Of(ShippedScript.PlanOfText(Fleet));
        string many = ShippedScript.Of(ShippedScript.PlanOfText(Fleet.Replace("replicas: 20", "replicas: 90", StringComparison.Ordinal)));

        Assert.Contains("n=1\nwhile [ \"$n\" -le 20 ]; do\n", few, StringComparison.Ordinal);
        Assert.Equal(few, many.Replace("90", "20", StringComparison.Ordinal));
    }

    [Fact]
    public void A_description_cannot_leave_its_comment()
    {
        string script = ShippedScript.Of(ShippedScript.PlanOfText("""
            name: described
            description: "one\ntouch P\r\n\tshellcheck disable=all\u0085touch P\u2028touch P\u001b[31m"
            authorities: { ca: { subject: /CN=ca } }
            """));

        string heading = script[..script.IndexOf("set -eu", StringComparison.Ordinal)];
        Assert.All(heading.Split('\n'), line => Assert.True(line.Length == 0 || line[0] == '#', line));
        Assert.Contains("# touch P\n", heading, StringComparison.Ordinal);
        Assert.DoesNotContain("\n# shellcheck", heading, StringComparison.Ordinal);
        Assert.DoesNotContain(script, character => character is not '\n' && char.IsControl(character));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_line_is_longer_than_a_screen_is_wide(string name)
    {
        Plan plan = ShippedScript.PlanOf(name);
        foreach (string? actor in new string?[] { null }.Concat(ShippedScript.ActorsOf(plan)))
        {
            Assert.All(ShippedScript.Of(plan, actor).Split('\n'), line => Assert.True(line.Length <= 120, line));
        }
    }

    private static string[] Kinds(IEnumerable<Type> types) => [.. types.Select(type => type.Name).Distinct().Order(StringComparer.Ordinal)];
}
