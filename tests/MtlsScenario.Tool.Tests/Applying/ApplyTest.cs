using System.Runtime.Versioning;

namespace MtlsScenario.Tool.Tests.Applying;

/// <summary>Amy and Bob in a folder of their own.</summary>
[UnsupportedOSPlatform("windows")]
public abstract class ApplyTest : IDisposable
{
    protected const string AmyBob = """
        name: amy-bob
        defaults: { key: ec-p256 }
        authorities:
          ca: { subject: /CN=my-ca }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca } }
          amy: { client: { subject: /CN=amy-client, issuer: ca } }
        connections: [amy -> bob]
        """;

    private protected readonly WorkFolder _folder = new();

    protected ApplyTest() => _folder.Write("amy-bob.yaml", AmyBob);

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);

    protected Dictionary<string, DateTime> Times() => Directory
        .GetFiles(_folder.PathOf("amy-bob"))
        .ToDictionary(file => file, File.GetLastWriteTimeUtc, StringComparer.Ordinal);
}
