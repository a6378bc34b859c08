using System.Text;
using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace MtlsScenario.Interop.Tests.Issuance;

/// <summary>A temporary folder in which an openssl works, with a configuration of its own.</summary>
internal sealed class OpenSslFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtls-scenario-");

    /// <summary>Which openssl: the machine's, unless another is needed.</summary>
    public string Program { get; set; } = "openssl";

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public void Write(string name, byte[] content) => File.WriteAllBytes(Path(name), content);

    public void Write(string name, string content) => File.WriteAllText(Path(name), content.ReplaceLineEndings("\n"), new UTF8Encoding(false));

    public byte[] Read(string name) => File.ReadAllBytes(Path(name));

    /// <summary>Runs openssl, which must succeed.</summary>
    /// <returns>What it printed to either stream.</returns>
    public Task<string> RunAsync(params string[] arguments) => RunProgramAsync(Program, arguments);

    /// <summary>Runs a program, which must succeed and asks for nothing.</summary>
    /// <returns>What it printed to either stream.</returns>
    public async Task<string> RunProgramAsync(string program, string[] arguments)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        BufferedCommandResult result = await Cli.Wrap(Needs.Program(program))
            .WithArguments(arguments)
            .WithWorkingDirectory(_folder.FullName)
            .WithEnvironmentVariables(variables => variables.Set("LC_ALL", "C"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(timeout.Token);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {result.StandardError}");
        return result.StandardOutput + result.StandardError;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
