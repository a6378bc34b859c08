using System.Text;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Tests;

/// <summary>
/// A temporary folder that the tool is run in. The tool runs inside the test's process, or, where
/// <c>MTLS_SCENARIO_BINARY</c> names a binary, as that binary: so the same tests judge the native build.
/// </summary>
public sealed class WorkFolder : IDisposable
{
    private static readonly string? _binary = Environment.GetEnvironmentVariable("MTLS_SCENARIO_BINARY");

    /// <summary>The folder's absolute path.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("mtls-scenario-").FullName;

    /// <summary>The absolute path of a file in it.</summary>
    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Writes a file.</summary>
    public string Write(string name, string text)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a file that nobody else may read.</summary>
    public void WriteSecret(string name, string text)
    {
        string path = Write(name, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>Reads a file.</summary>
    public string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>Runs the tool, in this folder.</summary>
    public Task<ToolRun> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    /// <summary>Runs the tool with a text on its standard input.</summary>
    public Task<ToolRun> RunWithInputAsync(string input, params string[] arguments) =>
        _binary is null
            ? RunInProcessAsync(new InProcessSetup { Input = input }, arguments)
            : BinaryRunner.RunAsync(_binary, Root, input, arguments);

    /// <summary>Runs the tool inside this process whatever the environment says, for what a binary cannot be given: a clock, a terminal.</summary>
    public async Task<ToolRun> RunInProcessAsync(InProcessSetup setup, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using MemoryStream input = new(Encoding.UTF8.GetBytes(setup.Input));
        ToolContext context = new()
        {
            Output = output,
            Error = error,
            Input = input,
            Time = setup.Time,
            WorkingDirectory = Root,
            Environment = name => setup.Variables.GetValueOrDefault(name),
            OutputIsTerminal = setup.IsTerminal,
            ErrorIsTerminal = setup.IsTerminal,
            AskSecret = setup.Answer is { } answer ? (question, _) => Task.FromResult(answer(question)) : null,
            Columns = setup.Columns,
            ErrorColumns = setup.Columns,
        };
        ExitCode exitCode = await CommandRunner.RunAsync(context, arguments, setup.Cancellation);
        return new ToolRun((int)exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Deletes the folder and all in it.</summary>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
