using McMaster.Extensions.CommandLineUtils;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>A command that was made, with its syntax and the parser that reads its command line.</summary>
internal sealed class BoundCommand : IDisposable
{
    private readonly CommandLineApplication _application;
    private readonly CommandOption _help;
    private readonly CommandOption _version;
    private readonly CommandOption _quiet;

    /// <summary>Makes the command that <paramref name="entry"/> describes.</summary>
    public BoundCommand(CommandEntry entry)
    {
        Entry = entry;
        _application = new CommandLineApplication { Name = entry.Name, MakeSuggestionsInErrorMessage = false };
        Syntax = new CommandSyntax(_application);
        Command = entry.Create(Syntax);
        _quiet = Syntax.Flag("-q|--quiet", "print results and errors only");
        _help = Syntax.Flag("-h|--help", "print this help");
        _version = Syntax.Flag("--version", "print the version");
    }

    /// <summary>The command's line of the catalogue.</summary>
    public CommandEntry Entry { get; }

    /// <summary>What it declared, and the options that all commands have.</summary>
    public CommandSyntax Syntax { get; }

    /// <summary>The command.</summary>
    public Command Command { get; }

    /// <summary>Whether its help was asked for.</summary>
    public bool WantsHelp => _help.HasValue();

    /// <summary>Whether the version was asked for.</summary>
    public bool WantsVersion => _version.HasValue();

    /// <summary>Whether <c>--quiet</c> was said.</summary>
    public bool IsQuiet => _quiet.HasValue();

    /// <summary>Reads the arguments after the command's name, and returns what is wrong with them, or null.</summary>
    public UsageFault? Parse(string[] arguments)
    {
        try
        {
            _application.Parse(arguments);
        }
        catch (CommandParsingException exception)
        {
            return UsageFault.Of(exception, Syntax);
        }

        return WantsHelp || WantsVersion ? null : UsageFault.In(Syntax);
    }

    /// <summary>Lets go of the parser.</summary>
    public void Dispose() => _application.Dispose();
}
