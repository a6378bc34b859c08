using System.Text;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Binding;

/// <summary>Who must reject, and whom an end trusts, where a scenario does not say so.</summary>
public sealed class DefaultTrustsTests
{
    [Theory]
    [InlineData("", Side.Server)]
    [InlineData(", because: expired", Side.Server)]
    [InlineData(", because: name-mismatch", Side.Client)]
    [InlineData(", because: name-mismatch, by: server", Side.Server)]
    [InlineData(", by: client", Side.Client)]
    [InlineData(", by: either", null)]
    public void The_server_must_reject_where_nothing_is_said_but_for_a_name(string keys, Side? by) =>
        Assert.Equal(by, Read($"{{ from: mallory, to: bob, expect: rejected{keys} }}").Connections[0].By);

    [Theory]
    [InlineData("mallory -> bob", "ca", "other")]
    [InlineData("{ from: mallory, to: bob, expect: rejected }", "ca", "")]
    [InlineData("{ from: mallory, to: bob, expect: rejected, because: unknown-issuer }", "ca", "")]
    [InlineData("{ from: mallory, to: bob, expect: rejected, presents: nothing }", "ca", "")]
    [InlineData("{ from: mallory, to: bob, expect: rejected, by: either }", "ca", "")]
    [InlineData("{ from: mallory, to: bob, expect: rejected, by: client }", "", "")]
    [InlineData("{ from: mallory, to: bob, expect: rejected, because: name-mismatch }", "", "")]
    public void A_rejection_never_widens_what_a_server_trusts(string connection, string caller, string server)
    {
        Scenario scenario = Read(connection);

        Assert.Equal(caller, string.Join(' ', scenario.Party("mallory").Calling!.Trusts));
        Assert.Equal(server, string.Join(' ', scenario.Party("bob").Called!.Trusts));
    }

    private static Scenario Read(string connection) => ScenarioReader.Read(
        "x.yaml",
        Encoding.UTF8.GetBytes($$"""
            name: x
            authorities: { ca: { subject: /CN=ca }, other: { subject: /CN=other } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca } }
              mallory: { client: { subject: /CN=mallory, issuer: other } }
            connections:
              - {{connection}}
            """)).Scenario!;
}
