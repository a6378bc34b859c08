namespace MtlsScenario.Tool.CommandLine;

/// <summary>A line of the catalogue: what is known of a command before it is made, so that start-up makes only one.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="Summary">What it does, one line, without a full stop.</param>
/// <param name="Create">Makes the command, which declares its syntax.</param>
internal sealed record CommandEntry(string Name, string Summary, Func<CommandSyntax, Command> Create);

/// <summary>A command line that a reader of the help can copy.</summary>
/// <param name="Arguments">What follows <c>mtls-scenario</c>.</param>
/// <param name="Meaning">What it does, in a few words.</param>
internal sealed record Example(string Arguments, string Meaning);
