using System.Collections.Immutable;
using MtlsScenario.Tool.CommandLine;

namespace MtlsScenario.Tool.Commands;

/// <summary>All commands, in the order of the help: as a user meets them.</summary>
internal static class CommandCatalog
{
    /// <summary>The commands.</summary>
    public static ImmutableArray<CommandEntry> Entries { get; } =
    [
        new("init", "write a scenario to start from", static syntax => new InitCommand(syntax)),
        new("import", "write a scenario for a folder that anybody made", static syntax => new ImportCommand(syntax)),
        new("validate", "say everything that is wrong with scenario files", static syntax => new ValidateCommand(syntax)),
        new("plan", "say what apply would do, and why", static syntax => new PlanCommand(syntax)),
        new("apply", "make the certificates, or bring them in step", static syntax => new ApplyCommand(syntax)),
        new("script", "print the openssl script that does what apply does", static syntax => new ScriptCommand(syntax)),
        new("show", "say what each certificate says, and who trusts it", static syntax => new ShowCommand(syntax)),
        new("snapshot", "compare the layout with the accepted one", static syntax => new SnapshotCommand(syntax)),
        new("graph", "draw who signs, who trusts and who calls whom", static syntax => new GraphCommand(syntax)),
        new("test", "try who gets through to whom, by real handshakes", static syntax => new TestCommand(syntax)),
        new("rollout", "say in which order to change the parties of a layout", static syntax => new RolloutCommand(syntax)),
        new("report", "make a page of the layout, its dates and its tests", static syntax => new ReportCommand(syntax)),
        new("serve", "be a party's server, and say who calls", static syntax => new ServeCommand(syntax)),
        new("call", "be a party's client, and say who turned whom away", static syntax => new CallCommand(syntax)),
        new("probe", "say whom a server lets in that it should not", static syntax => new ProbeCommand(syntax)),
        new("config", "configure a program to use a party's certificates", static syntax => new ConfigCommand(syntax)),
        new("schema", "print the JSON Schema of scenario files, or of faults", static syntax => new SchemaCommand(syntax)),
        new("completion", "print the completion script of a shell", static syntax => new CompletionCommand(syntax)),
    ];

    /// <summary>The command of that name, or null.</summary>
    public static CommandEntry? Find(string name) =>
        Entries.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.Ordinal));
}
