using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.CommandLine;

namespace MtlsScenario.Tool.Shells;

/// <summary>The completion script of bash; 3.2, which macOS has, and later.</summary>
internal static class BashCompletion
{
    /// <summary>The script, for these commands.</summary>
    public static string Of(ImmutableArray<BoundCommand> commands)
    {
        StringBuilder text = new();
        text.Append(Start);
        foreach (BoundCommand command in commands)
        {
            IEnumerable<DeclaredOption> valued = command.Syntax.Options.Where(OptionNames.TakesValue);
            string patterns = string.Join('|', valued.SelectMany(OptionNames.Of).Select(name => $"{command.Entry.Name}:{name}"));
            if (patterns.Length > 0)
            {
                text.Append("            ").Append(patterns).Append(") option=$word ;;\n");
            }
        }

        text.Append(Middle);
        foreach (BoundCommand command in commands)
        {
            AppendOptions(text, command);
            AppendArguments(text, command);
        }

        string names = string.Join(' ', commands.Select(command => command.Entry.Name));
        text.Append("        ::-*) _mtls_scenario_words '--help --version' ;;\n");
        text.Append(CultureInfo.InvariantCulture, $"        ::*) _mtls_scenario_words {ShellQuoting.InQuotes(names)} ;;\n");
        return text.Append(End).ToString();
    }

    private static void AppendOptions(StringBuilder text, BoundCommand command)
    {
        foreach (DeclaredOption declared in command.Syntax.Options.Where(OptionNames.TakesValue))
        {
            string patterns = string.Join('|', OptionNames.Of(declared).Select(name => $"{command.Entry.Name}:{name}:*"));
            text.Append("        ").Append(patterns).Append(") ").Append(Offer(declared.Completion)).Append(" ;;\n");
        }

        string names = string.Join(' ', command.Syntax.Options.SelectMany(OptionNames.Of));
        text.Append(CultureInfo.InvariantCulture, $"        {command.Entry.Name}::-*) _mtls_scenario_words {ShellQuoting.InQuotes(names)} ;;\n");
    }

    private static void AppendArguments(StringBuilder text, BoundCommand command)
    {
        for (int index = 0; index < command.Syntax.Arguments.Count; index++)
        {
            DeclaredArgument declared = command.Syntax.Arguments[index];
            string place = declared.Argument.MultipleValues ? "*" : index.ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"        {command.Entry.Name}::[!-]*:{place}|{command.Entry.Name}:::{place}) ");
            text.Append(Offer(declared.Completion)).Append(" ;;\n");
        }
    }

    private static string Offer(Completion completion) => completion.Kind switch
    {
        CompletionKind.ScenarioFile => "_mtls_scenario_yaml",
        CompletionKind.Folder => "_mtls_scenario_folders",
        CompletionKind.Words => $"_mtls_scenario_words {ShellQuoting.InQuotes(string.Join(' ', completion.Words))}",
        CompletionKind.File => "_mtls_scenario_files",
        CompletionKind.Stem or CompletionKind.Party => $"_mtls_scenario_offer {CompletionOffers.Word(completion.Kind)}",
        _ => ":",
    };

    private const string Start =
        """
        # Completion of mtls-scenario for bash; made by: mtls-scenario completion bash

        _mtls_scenario_words()
        {
            local word
            while IFS= read -r word; do
                COMPREPLY+=("$word")
            done < <(compgen -W "$1" -- "$current")
        }

        _mtls_scenario_paths()
        {
            local path
            compopt -o filenames 2> /dev/null
            while IFS= read -r path; do
                COMPREPLY+=("$path")
            done < <(compgen "$@" -- "$current")
        }

        _mtls_scenario_files() { _mtls_scenario_paths -f; }
        _mtls_scenario_folders() { _mtls_scenario_paths -d; }

        # What the scenario that is on the line has: its stems, its parties.
        _mtls_scenario_offer()
        {
            local word
            for word in "${COMP_WORDS[@]}"; do
                case $word in
                    *.yaml|*.yml) ;;
                    *) continue ;;
                esac
                if [ -f "$word" ]; then
                    _mtls_scenario_words "$(mtls-scenario __offer "$1" "$word" 2> /dev/null)"
                    return
                fi
            done
        }

        _mtls_scenario_yaml()
        {
            local seen
            _mtls_scenario_paths -d
            seen=${#COMPREPLY[@]}
            _mtls_scenario_paths -f -X '!*.yaml'
            _mtls_scenario_paths -f -X '!*.yml'
            # Where there is no scenario to offer, any file may be one.
            [ "${#COMPREPLY[@]}" -gt "$seen" ] || { COMPREPLY=(); _mtls_scenario_files; }
        }

        _mtls_scenario()
        {
            local current=${COMP_WORDS[COMP_CWORD]} command='' option='' position=0 index word
            COMPREPLY=()
            # bash makes three words of --dir=certs.
            [ "$current" != = ] || current=''
            for ((index = 1; index < COMP_CWORD; index++)); do
                word=${COMP_WORDS[index]}
                if [ "$word" = = ]; then
                    continue
                elif [ -n "$option" ]; then
                    option=''
                    continue
                elif [ -z "$command" ]; then
                    command=$word
                    continue
                fi
                case "$command:$word" in

        """;

    private const string Middle =
        """
                    *:-*) ;;
                    *) position=$((position + 1)) ;;
                esac
            done
            case "$command:$option:$current:$position" in

        """;

    private const string End =
        """
            esac
        }

        complete -o bashdefault -F _mtls_scenario mtls-scenario

        """;
}
