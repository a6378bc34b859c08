using System.Security.Cryptography.X509Certificates;
using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace MtlsScenario.Interop.Tests.Serving;

/// <summary>A temporary folder in which the tool runs as a process of its own.</summary>
internal sealed class ToolFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtls-scenario-");

    /// <summary>The tool, built beside the tests.</summary>
    public static string Tool { get; } = Path.Combine(AppContext.BaseDirectory, "mtls-scenario.dll");

    public string Root => _folder.FullName;

    public string At(string path) => Path.Combine(Root, path);

    public void Write(string name, string text) => File.WriteAllText(At(name), text);

    /// <summary>Runs the tool, which must succeed.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunToolAsync(params string[] arguments)
    {
        BufferedCommandResult result = await TryToolAsync(arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result.StandardError}");
        return result.StandardOutput;
    }

    /// <summary>Runs the tool.</summary>
    public async Task<BufferedCommandResult> TryToolAsync(params string[] arguments)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        return await Cli.Wrap("dotnet")
            .WithArguments([Tool, .. arguments])
            .WithWorkingDirectory(Root)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(timeout.Token);
    }

    /// <summary>A certificate and its key, by their stem.</summary>
    public X509Certificate2 Load(string stem) => X509Certificate2.CreateFromPemFile(At($"{stem}.crt"), At($"{stem}.key"));

    public void Dispose() => _folder.Delete(recursive: true);
}
