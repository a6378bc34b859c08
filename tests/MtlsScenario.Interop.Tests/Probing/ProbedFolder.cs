using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Probing;

/// <summary>A root, an issuing authority with a path length of none, Bob's server and Amy, whose keys are all here.</summary>
public sealed class ProbedFolder : IAsyncLifetime, IDisposable
{
    private const string Scenario = """
        name: probed
        defaults: { key: ec-p256 }
        authorities:
          root: { subject: /CN=root, key: rsa-2048 }
          issuing: { subject: /CN=issuing, issuer: root, key: rsa-2048, pathLength: 0 }
          stranger: { subject: /CN=issuing }
          self: { subject: /CN=self_made }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: root, names: [localhost, other.localhost] } }
          amy: { client: { subject: /CN=amy, issuer: issuing } }
          late: { client: { subject: /CN=amy, issuer: issuing, lifetime: { from: -2d, until: -1d } } }
          mallory: { client: { subject: /CN=amy, issuer: stranger, trusts: [root] } }
          self_made: { client: { subject: /CN=amy, issuer: self, trusts: [root] } }
        connections: [amy -> bob]
        """;

    private const string Expectations = """
        connections:
          - amy -> bob
          - { from: late, to: bob, expect: rejected, because: expired }
          - { from: mallory, to: bob, expect: rejected, because: bad-signature }
          - { from: self_made, to: bob, expect: rejected, because: unknown-issuer }
          - { from: amy, to: bob, presents: nothing, expect: rejected, because: no-certificate }
        """;

    private readonly ToolFolder _folder = new();

    internal ToolFolder Folder => _folder;

    internal string Certificates => Folder.At("probed");

    public async Task InitializeAsync()
    {
        _folder.Write("probed.yaml", Scenario);
        _folder.Write("against.yaml", Scenario.Replace("connections: [amy -> bob]", Expectations, StringComparison.Ordinal));
        await _folder.RunToolAsync("apply", "probed.yaml");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
