using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Planning;

/// <summary>The clock of the machine that looks may be behind that of the one that issued.</summary>
public sealed class ClockSkewTests : IDisposable
{
    private readonly AppliedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(10)]
    [InlineData(600)]
    public void A_start_a_little_ahead_is_no_reason(int secondsBehind)
    {
        _folder.Apply(AmyBob.Scenario);

        _folder.Now -= TimeSpan.FromSeconds(secondsBehind);

        Assert.False(_folder.Compare(AmyBob.Scenario).HasWork);
    }

    [Fact]
    public void A_start_further_ahead_is_one()
    {
        _folder.Apply(AmyBob.Scenario);

        _folder.Now -= TimeSpan.FromSeconds(601);

        Assert.Equal(
            "lifetime: from 2026-11-24T12:00:00Z -> from 2026-11-24T11:49:59Z",
            Assert.Single(_folder.Compare(AmyBob.Scenario).Changes[0].Reasons).Text);
    }

    /// <summary>With an offset for one date alone there is no length to go by.</summary>
    [Fact]
    public void An_end_a_little_ahead_is_none_either()
    {
        Scenario scenario = AmyBob.Scenario with
        {
            Authorities =
            [
                AmyBob.Authority("ca") is { Certificate: { } certificate } authority
                    ? authority with
                    {
                        Certificate = certificate with
                        {
                            Lifetime = new Lifetime(
                                new TimePoint.Instant(_folder.Now.AddDays(-1)), new TimePoint.Offset(TimeSpan.FromDays(30))),
                        },
                    }
                    : throw new InvalidOperationException(),
            ],
        };
        _folder.Apply(scenario);

        _folder.Now -= TimeSpan.FromSeconds(10);

        Assert.False(_folder.Compare(scenario).HasWork);
    }
}
