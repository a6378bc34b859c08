using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>
/// Prints a plan as the article would have it: who acts, the few commands of each step and what is handed over, one below
/// the other, for an empty folder. The same plan gives the same script, byte for byte.
/// </summary>
internal sealed class PlainScript
{
    /// <summary>From days since 0000-03-01, where a year ends with February and every era of 400 years is as long.</summary>
    private const string Calendar = """

        # The moment so many seconds from now, as openssl takes it: date does not say it everywhere in one way.
        now=$(date -u +%s)
        calendar='BEGIN {
            second = now + seconds + 719468 * 86400; day = int(second / 86400); second -= day * 86400
            era = int(day / 146097); day -= era * 146097
            year = int((day - int(day / 1460) + int(day / 36524) - int(day / 146096)) / 365)
            day -= 365 * year + int(year / 4) - int(year / 100); month = int((5 * day + 2) / 153)
            day -= int((153 * month + 2) / 5); year += era * 400 + (month > 9); month += month < 10 ? 3 : -9
            printf "%04d%02d%02d%02d%02d%02dZ", year, month, day + 1, second / 3600, int(second / 60) % 60, second % 60
        }'

        """;

    private readonly Plan _plan;
    private readonly ScriptScope _scope;
    private readonly ScriptText _text = new();
    private readonly ScriptText _steps = new();
    private readonly PlainCommands _commands;
    private readonly ScriptFolders _folders;
    private readonly ScriptPasswords _passwords;
    private readonly ImmutableArray<(ScriptStep Step, ImmutableArray<ScriptFile> Files)> _files;

    private PlainScript(Plan plan)
    {
        _plan = plan;
        _scope = new ScriptScope(plan, new ScriptOptions { IsPlain = true });
        _commands = new PlainCommands(_steps, _scope);
        _folders = new ScriptFolders(_scope.Steps);
        _passwords = new ScriptPasswords(_scope);
        _files = [.. new ScriptFiles(_scope, _commands.SerialFiles).All()];
    }

    /// <summary>The script.</summary>
    /// <param name="plan">What it does.</param>
    public static string Write(Plan plan) => new PlainScript(plan).Write();

    private string Write()
    {
        WriteSteps();
        WriteOpening();
        WriteGuards();
        WriteSurroundings();
        _text.Verbatim(_steps.ToString());
        WriteEnd();
        return _text.ToString();
    }

    private void WriteOpening()
    {
        ScriptFrame.WriteTitle(_text, _plan, _plan.Name);
        _text.Line("#");
        _text.Line("# Usage: sh SCRIPT [FOLDER]   into that folder or the current one, with the openssl (1.1.1 or later) in the path");
        _passwords.WriteHeading(_text);
        _text.Line();
        _text.Line("set -eu");
        _text.Line("umask 077");
        if (_scope.NeedsVersion1)
        {
            _text.Verbatim(VersionGuards.PlainVersion1);
        }

        if (_scope.NeedsCrlDates)
        {
            _text.Verbatim(VersionGuards.PlainCrlDates);
        }

        if (_scope.NeedsMlDsa)
        {
            _text.Verbatim(VersionGuards.MlDsa);
        }

        _passwords.WriteResolution(_text);
        _text.Line(_folders.MakeRoot("\"${1:-.}\""));
        _text.Line("CDPATH='' cd \"${1:-.}\"");
    }

    private void WriteGuards()
    {
        _text.Line();
        _text.Line("# Nothing is overwritten.");
        WriteGuard(
            file => file.Use != FileUse.Given,
            "if [ -e \"$file\" ] || [ -h \"$file\" ]; then",
            "echo \"$file is there already\" >&2",
            "exit 1");
        if (_files.Any(group => group.Files.Any(file => file.Use == FileUse.Given)))
        {
            _text.Line();
            _text.Line("# What is provided, and not made here.");
            WriteGuard(
                file => file.Use == FileUse.Given,
                "if [ ! -f \"$file\" ]; then",
                "echo \"waiting for $file (it is provided, and never made); when it is there, run this again\" >&2",
                "exit 3");
        }
    }

    private void WriteGuard(Func<ScriptFile, bool> which, string condition, params ImmutableArray<string> lines) => ForEachGroup(which, files =>
    {
        string[] words = [.. files.Select(Word)];

        // A loop over one word is a mistake in the eyes of those who check scripts.
        if (words.Length == 1)
        {
            _text.Line("file=" + words[0]);
        }
        else
        {
            _text.Filled(["for file in", .. words[..^1], words[^1] + "; do"]);
            _text.Indent();
        }

        _text.Open(condition);
        foreach (string line in lines)
        {
            _text.Line(line);
        }

        _text.Close("fi");
        if (words.Length > 1)
        {
            _text.Close("done");
        }
    });

    private void WriteSurroundings()
    {
        bool writesFormats = _scope.Steps.Any(step => step.Step is WriteFormat);
        bool hasWork = _commands.Issues || _commands.HasBareSubject || writesFormats;
        _text.Line();
        _text.Line(_commands.HasBareSubject
            ? "# The machine's own configuration has no say, and Git Bash takes no subject for a path."
            : "# The machine's own configuration has no say.");
        if (hasWork)
        {
            _text.Line($"mkdir {PlainCommands.WorkFolder}");
            _text.Line($"trap 'rm -rf {PlainCommands.WorkFolder}' EXIT");
            if (writesFormats)
            {
                _text.Line("trap 'exit 130' HUP INT QUIT TERM");
            }

            OwnConfig.Write(_text, PlainCommands.Config, PlainCommands.WorkFolder + "/", _commands.Issues, _commands.HasBareSubject);
        }

        string config = hasWork ? PlainCommands.Config : "/dev/null";
        _text.Line($"export OPENSSL_CONF={config}{(_commands.HasBareSubject ? " MSYS_NO_PATHCONV=1" : "")}");

        if (_passwords.AreRead)
        {
            _text.Line("export LC_ALL=C");
        }

        string folder = PlainCommands.WorkFolder + "/";
        var passwords = new ScriptText();
        ShellFunctions functions = _passwords.Write(passwords, folder) | _commands.Functions;
        _text.Verbatim(FormatFunctions.Of(functions, folder) + passwords);
        if (_commands.UsesCalendar)
        {
            _text.Verbatim(Calendar);
        }

        if (_files.Any(group => group.Files.Any(file => file.Path.Contains('/', StringComparison.Ordinal))))
        {
            _text.Line();
            var made = new HashSet<string>(StringComparer.Ordinal);
            ForEachGroup(
                file => file.Path.Contains('/', StringComparison.Ordinal) && made.Add(FolderOf(file)),
                files =>
                {
                    _text.Filled(["mkdir -p", .. files.Select(file => StepCommands.Word(FolderOf(file)))]);
                    foreach (string command in files.SelectMany(file => _folders.Opening(FolderOf(file))))
                    {
                        _text.Line(command);
                    }
                });
        }
    }

    private void WriteSteps()
    {
        int number = 0;
        bool followsPart = false;
        ScriptStep? before = null;
        foreach (ScriptStep step in _scope.Steps)
        {
            bool isInLoop = before is not null && before.IsInLoopWith(step);
            if (!isInLoop)
            {
                CloseLoop(before);
            }

            if (!followsPart)
            {
                _steps.Line();
            }

            if (!isInLoop)
            {
                Loop.Open(_steps, step);
            }

            before = step;
            followsPart = StepCommands.IsPartOfNext(step);
            if (step.Step is HandOver handOver)
            {
                _steps.Line(StepHeading.GoesTo(handOver.SourceFile, handOver.Receiver));
            }
            else if (!followsPart)
            {
                number++;
                _steps.Line(string.Create(CultureInfo.InvariantCulture, $"# {number}. {StepHeading.Of(step.Step, step.Certificate)}"));
            }

            _commands.Write(step);
            if (StepHeading.After(step, _plan.Folders) is { } after)
            {
                _steps.Line(after);
            }
        }

        CloseLoop(before);
    }

    private void CloseLoop(ScriptStep? step)
    {
        if (step is not null)
        {
            Loop.Close(_steps, step);
        }
    }

    private void WriteEnd()
    {
        _text.Line();
        _text.Line("# Everybody may read what is no key.");
        ForEachGroup(
            file => file.Use is FileUse.Made or FileUse.Reused || (file.Use == FileUse.Removed && !_commands.IsUnusedSerial(file.Path)),
            files =>
            {
                Command("chmod 644", files.Where(file => file.Use is FileUse.Made or FileUse.Reused));
                Command("rm", files.Where(file => file.Use == FileUse.Removed));
            });
    }

    private void Command(string command, IEnumerable<ScriptFile> files)
    {
        string[] words = [.. files.Select(Word)];
        if (words.Length > 0)
        {
            _text.Filled([command, .. words]);
        }
    }

    private static string Word(ScriptFile file) => StepCommands.Word(file.Path);

    private static string FolderOf(ScriptFile file) => file.Path[..file.Path.LastIndexOf('/')];

    /// <summary>Writes something for all files that are such, once for those that are there once, and in a loop for a fleet's.</summary>
    private void ForEachGroup(Func<ScriptFile, bool> which, Action<ImmutableArray<ScriptFile>> write)
    {
        foreach ((ScriptStep step, ImmutableArray<ScriptFile> files) in _files)
        {
            ImmutableArray<ScriptFile> chosen = [.. files.Where(which)];
            if (!chosen.IsEmpty)
            {
                Loop.Open(_text, step);
                write(chosen);
                Loop.Close(_text, step);
            }
        }
    }
}
