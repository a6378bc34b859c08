namespace MtlsScenario.Tests.Files;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Root = Directory.CreateTempSubdirectory("mtls-scenario-test-").FullName;
    }

    public string Root { get; }

    /// <summary>A path in it that nothing has yet.</summary>
    public string At(string path) => Path.Combine(Root, path);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
