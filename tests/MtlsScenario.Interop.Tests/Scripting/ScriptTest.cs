using System.Runtime.Versioning;
using CliWrap.Buffered;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.Tests;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>The script of a small scenario, a folder for it, and a program that can stand in for openssl.</summary>
[UnsupportedOSPlatform("windows")]
public abstract class ScriptTest : IDisposable
{
    private protected const string Yaml = """
        name: frame
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=my-ca } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca } }
        """;

    private protected static readonly string[] _files = ["bob_server.crt", "bob_server.csr", "bob_server.key", "ca.crt", "ca.key"];

    private protected readonly Plan _plan = ScriptFolder.PlanOf(Yaml);
    private protected readonly ScriptFolder _folder = new();

    private protected string Script => ScriptWriter.Write(_plan, new ScriptOptions());

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void Stub(string body) => StandIn.Write(_folder.At("stub"), body);

    private protected Task<BufferedCommandResult> RunStubAsync() =>
        _folder.TryAsync(Script, new ScriptRun { Variables = { ["OPENSSL"] = "./stub" } });

    private protected Dictionary<string, string> Contents() => ScriptFolder.FilesIn(_folder.Out)
        .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(_folder.Out, file)), StringComparer.Ordinal);
}
