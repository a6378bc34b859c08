using System.ComponentModel;
using System.Text;
using CliWrap;
using MtlsScenario.Diagnostics;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Engines;

/// <summary>The openssl of this machine, and the shell that runs scripts with it.</summary>
internal sealed class OpenSslEngine
{
    /// <summary>The variable that names the program, for the scripts and for us alike.</summary>
    public const string Variable = "OPENSSL";

    private const int SaidAtMost = 2000;

    /// <summary>A fleet of many takes its time; a program that asks something would take for ever.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(30);

    private readonly string _program;
    private readonly string _workingDirectory;

    private OpenSslEngine(string program, string workingDirectory, OpenSslVersion version)
    {
        (_program, _workingDirectory, Version) = (program, workingDirectory, version);
    }

    /// <summary>Which it is.</summary>
    public OpenSslVersion Version { get; }

    /// <summary>Finds the program that <c>OPENSSL</c> names, or <c>openssl</c> in the path.</summary>
    /// <exception cref="EnvironmentException">There is none that runs.</exception>
    public static async Task<OpenSslEngine> FindAsync(ToolContext context, CancellationToken cancellationToken)
    {
        string program = context.Environment(Variable) is { Length: > 0 } named ? named : "openssl";
        if (program.Contains('/', StringComparison.Ordinal))
        {
            program = context.Resolve(program);
        }

        (int exitCode, string output, _) = await RunAsync(
            Cli.Wrap(program).WithArguments(["version"]).WithWorkingDirectory(context.WorkingDirectory), cancellationToken)
            .ConfigureAwait(false)
            ?? throw Missing(program);
        if (exitCode != 0 || OpenSslVersion.TryParse(output) is not { } version)
        {
            throw Missing(program);
        }

        return version.IsSupported
            ? new OpenSslEngine(program, context.WorkingDirectory, version)
            : throw new EnvironmentException(
                $"OpenSSL 1.1.1 or later is needed, and {VisibleText.Quoted(program)} is {version}",
                $"{Variable}=PROGRAM names another openssl");
    }

    /// <summary>Runs a script into a folder.</summary>
    /// <param name="script">The script.</param>
    /// <param name="folder">An absolute path.</param>
    /// <param name="variables">What it finds in its environment besides.</param>
    /// <param name="cancellationToken">Ends it; then it leaves nothing behind.</param>
    /// <exception cref="EnvironmentException">It did not get to its end; the message has what it said last.</exception>
    public async Task RunAsync(
        string script, string folder, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        DirectoryInfo temporary = Directory.CreateTempSubdirectory("mtls-scenario-");
        try
        {
            string file = Path.Combine(temporary.FullName, "script.sh");
            await File.WriteAllTextAsync(file, script, cancellationToken).ConfigureAwait(false);
            CliWrap.Command shell = Cli.Wrap("sh")
                .WithArguments([file, folder])
                .WithWorkingDirectory(_workingDirectory)
                .WithEnvironmentVariables(all => all.Set(variables).Set(Variable, _program).Set("PATH", PathFor(temporary.FullName)));
            (int exitCode, _, string errors) = await RunAsync(shell, cancellationToken).ConfigureAwait(false)
                ?? throw new EnvironmentException("there is no shell that runs as sh", "the script needs a POSIX shell");
            if (exitCode != 0)
            {
                throw new EnvironmentException($"the script stopped: {End(errors.Replace($"{temporary.FullName}/", "", StringComparison.Ordinal).Replace($"{folder}/", "", StringComparison.Ordinal))}");
            }
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    /// <summary>
    /// The path for a plain script, which takes the openssl that is there: one that is called otherwise, or is elsewhere, gets
    /// that name in it. That one sees the path as it was, for it may look for an openssl itself.
    /// </summary>
    private string? PathFor(string folder)
    {
        string? path = Environment.GetEnvironmentVariable("PATH");
        if (_program == "openssl" || OperatingSystem.IsWindows())
        {
            return path;
        }

        string file = Path.Combine(folder, "openssl");
        File.WriteAllText(
            file, $"#!/bin/sh\nPATH={ShellQuoting.InQuotes(path ?? "")}\nexec {ShellQuoting.InQuotes(_program)} \"$@\"\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return $"{folder}:{path}";
    }

    private static EnvironmentException Missing(string program) => new(
        $"there is no openssl that runs as {VisibleText.Quoted(program)}", $"install it, or name it with {Variable}=PROGRAM");

    private static string End(string errors)
    {
        string said = errors.Trim();
        string end = said.Length > SaidAtMost ? "…" + said[^SaidAtMost..] : said;
        return string.Join('\n', end.Split('\n').Select(VisibleText.Of));
    }

    /// <summary>Null where the program cannot be started.</summary>
    private static async Task<(int ExitCode, string Output, string Errors)?> RunAsync(
        CliWrap.Command command, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        var errors = new StringBuilder();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_longest);
        try
        {
            CommandResult result = await command
                .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output, Encoding.UTF8))
                .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors, Encoding.UTF8))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(limit.Token)
                .ConfigureAwait(false);
            return (result.ExitCode, output.ToString(), errors.ToString());
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EnvironmentException($"{VisibleText.Of(command.TargetFilePath)} did not end within {_longest.TotalMinutes} minutes");
        }
    }
}
