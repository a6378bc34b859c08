using System.Text;
using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Files;
using MtlsScenario.Layouts;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>A temporary folder with a script in it, and beside it the folder <c>out</c> into which the script works.</summary>
internal sealed class ScriptFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtls-scenario-");
    private DateTimeOffset _before;

    /// <summary>Where the scripts lie and are started.</summary>
    public string Root => _folder.FullName;

    /// <summary>The variable with a password that the scenario names; other passwords are in files of the folder.</summary>
    public static (string Name, string Value) Password { get; } = ("STORE_PASSWORD", "-$(cor)rect \"horse\" 'b' \\ `t`");

    /// <summary>Where certificates are made.</summary>
    public string Out => Path.Combine(Root, "out");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A path below the folder.</summary>
    public string At(string path) => Path.Combine(Root, path);

    /// <summary>Writes a file, and the folders above it.</summary>
    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text, new UTF8Encoding(false));
        return At(path);
    }

    /// <summary>Runs the script of a plan with <c>sh</c>; it must succeed.</summary>
    /// <returns>What it said.</returns>
    public async Task<string> RunAsync(Plan plan, string version = OpenSslPrograms.Installed)
    {
        BufferedCommandResult run = await TryAsync(ScriptWriter.Write(plan, new ScriptOptions()), new ScriptRun { Version = version });
        Assert.True(run.ExitCode == 0, run.StandardError);
        return run.StandardOutput;
    }

    /// <summary>Runs a script.</summary>
    public async Task<BufferedCommandResult> TryAsync(string script, ScriptRun? how = null)
    {
        how ??= new ScriptRun();
        string openssl = OpenSslPrograms.Needed(how.Version);
        string file = Write(how.File, script);
        _before = DateTimeOffset.UtcNow;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        return await Cli.Wrap(Needs.Program(how.Shell[0]))
            .WithArguments([.. how.Shell.Skip(1), file, .. how.Arguments])
            .WithWorkingDirectory(how.Folder is { } folder ? At(folder) : Root)
            .WithEnvironmentVariables(variables =>
            {
                variables.Set("OPENSSL", openssl);
                variables.Set("PATH", OpenSslPrograms.PathWith(how.Version));
                foreach ((string name, string? value) in how.Variables)
                {
                    variables.Set(name, value);
                }
            })
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(timeout.Token);
    }

    /// <summary>What differs between what the last run left and what the native engine makes; empty where nothing does.</summary>
    /// <param name="plan">What it should have made.</param>
    /// <param name="since">The moment before the first of several runs; null for the last one's.</param>
    public string Differences(Plan plan, DateTimeOffset? since = null)
    {
        using var passwords = new StorePasswords(Root, name => name == Password.Name ? Password.Value : null);
        Assert.Empty(passwords.Obstacles(plan));
        var comparer = new EngineComparer(plan, new FolderReader(Out), since ?? _before, DateTimeOffset.UtcNow, passwords);
        FileComparison[] all = [.. comparer.Compare(CancellationToken.None), .. FolderComparer.Differences(plan, Out)];
        Assert.NotEmpty(all);
        return string.Join('\n', all
            .Where(file => file.Equality == ByteEquality.Different)
            .SelectMany(file => file.Differences.Select(field => $"{file.File}: {field.Field}: {field.Native} is {field.Script}")));
    }

    /// <summary>The layout of what is there, in the words of the plan where it fulfils them.</summary>
    public string Layout(Plan plan) => LayoutText.Snapshot(FoundLayout.InWordsOfPlan(plan, new FolderReader(Out)));

    /// <summary>The plan of a scenario that must be right.</summary>
    public static Plan PlanOf(string yaml) => Planner.For(ScenarioLoader.Parse(yaml));

    /// <summary>The names of the files below a folder, sorted.</summary>
    public static string[] FilesIn(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(path => Path.GetRelativePath(folder, path))
            .Order(StringComparer.Ordinal),
    ];
}
