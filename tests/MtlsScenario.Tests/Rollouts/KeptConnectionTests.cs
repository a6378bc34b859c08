using System.Collections.Concurrent;
using MtlsScenario.Handshakes;
using MtlsScenario.Rollouts;
using Xunit;

namespace MtlsScenario.Tests.Rollouts;

/// <summary>A connection whose ends stay as they are is tried in the layout that is, and not again in the one that is to be.</summary>
public sealed class KeptConnectionTests
{
    private const string Before = """
        name: kept
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=ca }, cb: { subject: /CN=cb } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, admits: [amy] } }
          carl: { server: { subject: /CN=localhost, issuer: ca, trusts: [ca] } }
          amy: { client: { subject: /CN=amy, issuer: ca } }
          eve: { client: { subject: /CN=eve, issuer: ca } }
        connections:
          - { from: amy, to: bob, tls: "1.3" }
          - { from: amy, to: carl, tls: "1.3" }
          - { from: eve, to: carl, tls: "1.3" }
          - { from: eve, to: bob, tls: "1.3", expect: rejected }
        """;

    [Theory]
    [InlineData("nothing", "", "", "", "")]
    [InlineData("a server's trust", "trusts: [ca]", "trusts: [ca, cb]", "amy -> carl, eve -> carl", "")]
    [InlineData("whom a server admits", "admits: [amy]", "admits: [eve]", "amy -> bob, eve -> bob", "amy -> bob, eve -> bob")]
    [InlineData("who signs a client", "CN=eve, issuer: ca", "CN=eve, issuer: cb", "eve -> bob, eve -> carl", "eve -> carl")]
    [InlineData("what is expected", "tls: \"1.3\", expect: rejected", "tls: \"1.3\"", "eve -> bob", "eve -> bob")]
    [InlineData("why", "expect: rejected", "expect: rejected, because: unknown-issuer", "eve -> bob", "eve -> bob")]
    [InlineData("the version", "to: carl, tls: \"1.3\"", "to: carl, tls: \"1.2\"", "amy -> carl, eve -> carl", "")]
    public async Task Only_what_changes_is_tried_again(string what, string was, string isNow, string again, string failures)
    {
        string after = was.Length == 0 ? Before : Before.Replace(was, isNow, StringComparison.Ordinal);
        Assert.True(was.Length == 0 || after != Before, what);
        using var run = new RolloutRun(ScenarioLoader.Parse(Before), ScenarioLoader.Parse(after));
        var stack = new CountingStack();
        int ended = 0;
        var rollout = new Rollout(run.Old, run.New, [new StackChoice(stack)]);
        RolloutResult result = await rollout.RunAsync(() => Interlocked.Increment(ref ended), CancellationToken.None);

        string Named(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));
        Assert.Equal(again, Named(stack.Tried.Where(tried => tried.Value > 1).Select(tried => tried.Key)));
        Assert.Equal(4, stack.Tried.Count);
        Assert.Equal(rollout.Count, ended);
        Assert.Empty(result.OldFailures);
        Assert.Equal(failures, Named(result.NewFailures.Select(failure => failure.Trial.Name)));
        Assert.Equal(failures.Length > 0, result.Verdict == RolloutVerdict.DoesNotHold);
    }

    /// <summary>Plays as .NET does, and counts.</summary>
    private sealed class CountingStack : IHandshakeStack
    {
        private readonly DotNetStack _stack = new();

        public ConcurrentDictionary<string, int> Tried { get; } = new(StringComparer.Ordinal);

        public string Name => _stack.Name;

        public Task<Verdict> TryAsync(Trial trial, TrialArtifacts artifacts, CancellationToken cancellationToken)
        {
            Tried.AddOrUpdate(trial.Name, 1, (_, count) => count + 1);
            return _stack.TryAsync(trial, artifacts, cancellationToken);
        }
    }
}
