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
        parties:
          bob: { server: { subject: /CN=localhost, issuer: root, names: [localhost, other.localhost] } }
          amy: { client: { subject: /CN=amy, issuer: issuing } }
        connections: [amy -> bob]
        """;

    private readonly ToolFolder _folder = new();

    internal ToolFolder Folder => _folder;

    internal string Certificates => Folder.At("probed");

    public async Task InitializeAsync()
    {
        _folder.Write("probed.yaml", Scenario);
        await _folder.RunToolAsync("apply", "probed.yaml");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
