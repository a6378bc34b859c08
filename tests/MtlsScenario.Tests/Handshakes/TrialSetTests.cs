using System.Diagnostics;
using System.Text;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Handshakes;

public sealed class TrialSetTests
{
    [Theory]
    [InlineData("a[*] -> b[*]", 1_000_000, 1_000_000, 18, 2_000_000_000_000)]
    [InlineData("a[*] -> b[*], { from: 'a[*]', to: 'b[7]', tls: 1.3 }", 1_000_000, 1_000_000, 21, 2_000_001_000_000)]
    [InlineData("a[*] -> b[1]", 500_000, 1, 1_000_000, 1_000_000)]
    [InlineData("a[*] -> b[1]", 500_001, 1, 6, 1_000_002)]
    [InlineData("a[*] -> b[*], a[5] -> b", 1_000_000, 2, 12 + 4, 4_000_004)]
    [InlineData("a -> b", 1_000_000, 1_000_000, 18, 18)]
    public void Beyond_a_million_the_first_the_middle_and_the_last_stand_for_all(
        string connections, int callers, int called, long count, long whole)
    {
        var trials = TrialSet.Of(Read(connections, callers, called));

        Assert.Equal((count, whole, count < whole), (trials.Count, trials.Whole, trials.IsSample));
    }

    [Theory]
    [InlineData("a[*] -> b[*], a -> b, a[2] -> b[*]", 4, 3)]
    [InlineData("a[*] -> b[*]", 1, 2)]
    [InlineData("a[*] -> b[*]", 1_000_000, 1_000_000)]
    public void As_many_are_made_as_are_counted(string connections, int callers, int called)
    {
        var trials = TrialSet.Of(Read(connections, callers, called));

        Assert.Equal(trials.Count, trials.Trials.LongCount());
        Assert.Equal(trials.Count, trials.Trials.Select(trial => (trial.Connection, trial.Name, trial.Offered)).Distinct().LongCount());
    }

    [Fact]
    public void A_sample_has_the_first_the_middle_and_the_last_of_each_end() => Assert.Equal(
        [
            "a[1] -> b[1]", "a[1] -> b[350000]", "a[1] -> b[700000]",
            "a[500000] -> b[1]", "a[500000] -> b[350000]", "a[500000] -> b[700000]",
            "a[1000000] -> b[1]", "a[1000000] -> b[350000]", "a[1000000] -> b[700000]",
        ],
        TrialSet.Of(Read("{ from: 'a[*]', to: 'b[*]', tls: 1.3 }", 1_000_000, 700_000)).Trials.Select(trial => trial.Name));

    [Fact]
    public void All_are_tried_where_that_is_asked_for()
    {
        var trials = TrialSet.Of(Read("a[*] -> b[*]", 1_000_000, 1_000_000), all: true);

        Assert.Equal((2_000_000_000_000, false), (trials.Count, trials.IsSample));
        Assert.Equal("a[1] -> b[3]", trials.Trials.ElementAt(5).Name);
    }

    private static Scenario Read(string connections, int callers, int called) => ScenarioReader.Read(
        "x.yaml",
        Encoding.UTF8.GetBytes($$"""
            name: x
            authorities: { ca: { subject: /CN=ca } }
            parties:
              a: { replicas: {{callers}}, client: { subject: "/CN=a-{n}", issuer: ca } }
              b: { replicas: {{called}}, server: { subject: "/CN={n}.example", issuer: ca } }
            connections:
              - {{connections.Replace(", a", "\n  - a", StringComparison.Ordinal).Replace(", {", "\n  - {", StringComparison.Ordinal)}}
            """)).Scenario ?? throw new UnreachableException();
}
