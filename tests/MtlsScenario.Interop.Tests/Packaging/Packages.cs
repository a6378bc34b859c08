using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace MtlsScenario.Interop.Tests.Packaging;

/// <summary>
/// The packages: those in the folder that <c>MTLS_SCENARIO_PACKAGES</c> names, or packed once for the tests of a class.
/// </summary>
public sealed class Packages : IAsyncLifetime
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(8);

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("mtls-scenario-packages-");

    /// <summary>The folder of the packages.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>A folder that is deleted after the tests.</summary>
    public string WorkFolder => _temporary.FullName;

    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Packs, unless it was done.</summary>
    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("MTLS_SCENARIO_PACKAGES") is { Length: > 0 } packed)
        {
            Folder = packed;
            return;
        }

        Needs.Programs("sh", "gcc");
        Needs.That(File.Exists("/usr/include/zlib.h"), "what the native build links with (zlib1g-dev)");
        Folder = Path.Combine(WorkFolder, "packages");
        await DotNetAsync(Repository, "pack", "--nologo", "-v", "quiet", "-o", Folder);
    }

    /// <summary>Runs the .NET command, which must succeed, and returns its output.</summary>
    public async Task<string> DotNetAsync(string folder, params string[] arguments)
    {
        using CancellationTokenSource limit = new(_limit);
        BufferedCommandResult result = await Cli.Wrap("dotnet")
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)

            // A package of the same version that was unpacked earlier must not stand in for this one.
            .WithEnvironmentVariables(variables => variables.Set(
                "NUGET_PACKAGES", arguments[0] == "pack" ? null : Path.Combine(WorkFolder, "unpacked")))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(limit.Token);
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{result.StandardOutput}\n{result.StandardError}");
        return result.StandardOutput;
    }

    /// <summary>Deletes what was made.</summary>
    public Task DisposeAsync()
    {
        _temporary.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private static string FindRepository()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MtlsScenario.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("the tests run outside the repository");
        }

        return folder;
    }
}
