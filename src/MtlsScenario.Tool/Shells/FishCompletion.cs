using System.Collections.Immutable;
using System.Text;
using MtlsScenario.Tool.CommandLine;

namespace MtlsScenario.Tool.Shells;

/// <summary>The completion script of fish.</summary>
internal static class FishCompletion
{
    private const string Offering =
        """
        # What the scenario that is on the line has: its stems, its parties.
        function __mtls_scenario_offer
            for word in (commandline -opc)
                if string match -qr '\.ya?ml$' -- $word; and test -f $word
                    mtls-scenario __offer $argv[1] $word 2>/dev/null
                    return
                end
            end
        end


        """;

    /// <summary>The script, for these commands.</summary>
    public static string Of(ImmutableArray<BoundCommand> commands)
    {
        StringBuilder text = new();
        text.Append("# Completion of mtls-scenario for fish; made by: mtls-scenario completion fish\n\n");
        text.Append(Offering);
        AppendLine(text, "-f");
        AppendLine(text, "-n", "__fish_use_subcommand", "-s", "h", "-l", "help", "-d", "print the help");
        AppendLine(text, "-n", "__fish_use_subcommand", "-l", "version", "-d", "print the version");
        foreach (BoundCommand command in commands)
        {
            AppendLine(text, "-n", "__fish_use_subcommand", "-a", command.Entry.Name, "-d", command.Entry.Summary);
        }

        foreach (BoundCommand command in commands)
        {
            string condition = $"__fish_seen_subcommand_from {command.Entry.Name}";
            foreach (DeclaredOption declared in command.Syntax.Options)
            {
                string[] letter = declared.Option.ShortName is { Length: > 0 } name ? ["-s", name] : [];
                AppendLine(
                    text,
                    ["-n", condition, .. letter, "-l", declared.Option.LongName, "-d", declared.Option.Description, .. Value(declared)]);
            }

            foreach (DeclaredArgument declared in command.Syntax.Arguments)
            {
                AppendLine(text, ["-n", condition, .. Offer(declared.Completion)]);
            }
        }

        return text.ToString();
    }

    private static string[] Value(DeclaredOption declared) =>
        OptionNames.TakesValue(declared) ? ["-r", .. Offer(declared.Completion)] : [];

    private static string[] Offer(Completion completion) => completion.Kind switch
    {
        CompletionKind.ScenarioFile => ["-k", "-a", "(__fish_complete_suffix .yaml)"],
        CompletionKind.Folder => ["-f", "-a", "(__fish_complete_directories)"],
        CompletionKind.Words => ["-f", "-a", string.Join(' ', completion.Words)],
        CompletionKind.File => ["-F"],
        CompletionKind.Stem or CompletionKind.Party => ["-f", "-a", $"(__mtls_scenario_offer {CompletionOffers.Word(completion.Kind)})"],
        _ => ["-f"],
    };

    private static void AppendLine(StringBuilder text, params string[] words) =>
        text.Append("complete -c mtls-scenario ").AppendJoin(' ', words.Select(Quoted)).Append('\n');

    /// <summary>A word of fish, which is no POSIX shell: in its single quotes a backslash is special.</summary>
    private static string Quoted(string word) => word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
        ? word
        : $"'{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
