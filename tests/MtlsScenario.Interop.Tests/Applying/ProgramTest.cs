using System.Runtime.Versioning;
using CliWrap;
using CliWrap.Buffered;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>Amy and Bob in a folder of their own, on which the tool and other programs work as processes.</summary>
[UnsupportedOSPlatform("windows")]
public abstract class ProgramTest : IDisposable
{
    /// <summary>The tool, as a program.</summary>
    private protected static readonly string _tool = Path.Combine(AppContext.BaseDirectory, "mtls-scenario");

    /// <summary>The scenario; more can be added at its end.</summary>
    private protected readonly string _scenario;

    private protected readonly string _folder;

    /// <summary>Writes the scenario <c>NAME.yaml</c> into a new folder.</summary>
    /// <param name="name">The scenario's name.</param>
    /// <param name="further">What else it says: a line, or nothing.</param>
    private protected ProgramTest(string name, string further = "")
    {
        _folder = Directory.CreateTempSubdirectory($"mtls-scenario-{name}-").FullName;
        _scenario = $$"""
            name: {{name}}
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: /CN=ca } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca } }
              amy: { client: { subject: /CN=amy, issuer: ca } }
            connections: [amy -> bob]
            {{further}}
            """;
        File.WriteAllText(At($"{name}.yaml"), _scenario);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected string At(string path) => Path.Combine(_folder, path);

    private protected async Task<BufferedCommandResult> RunAsync(string program, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        return await Cli.Wrap(Needs.Program(program))
            .WithArguments(arguments)
            .WithWorkingDirectory(_folder)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(limit.Token);
    }
}
