using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.CommandLine;

namespace MtlsScenario.Tool.Shells;

/// <summary>The completion function of zsh: to be a file <c>_mtls-scenario</c> in a folder of <c>fpath</c>, or to be sourced.</summary>
internal static class ZshCompletion
{
    private const string Offer =
        """
        # What the scenario that is on the line has: its stems, its parties.
        _mtls-scenario-offer()
        {
            local word
            local -a offers
            for word in ${(Q)words}; do
                [[ $word == (*.yaml|*.yml) && -f $word ]] || continue
                offers=(${(f)"$(mtls-scenario __offer ${@[-1]} $word 2> /dev/null)"})
                compadd -a offers
                return
            done
            return 1
        }


        """;

    /// <summary>The script, for these commands.</summary>
    public static string Of(ImmutableArray<BoundCommand> commands)
    {
        StringBuilder text = new();
        text.Append("#compdef mtls-scenario\n# Completion of mtls-scenario for zsh; made by: mtls-scenario completion zsh\n\n");
        text.Append(Offer);
        text.Append("_mtls-scenario()\n{\n");
        text.Append("    local curcontext=\"$curcontext\" state line\n    local -a commands\n    typeset -A opt_args\n");
        text.Append("    commands=(\n");
        foreach (BoundCommand command in commands)
        {
            text.Append("        ").Append(ShellQuoting.InQuotes($"{command.Entry.Name}:{command.Entry.Summary}")).Append('\n');
        }

        text.Append("    )\n    _arguments -C '(- *)'{-h,--help}'[print the help]' '(- *)--version[print the version]' \\\n");
        text.Append("        '1:command:->command' '*::argument:->argument' && return\n");
        text.Append("    case $state in\n    command)\n        _describe -t commands command commands\n        ;;\n");
        text.Append("    argument)\n        case ${line[1]} in\n");
        foreach (BoundCommand command in commands)
        {
            text.Append(CultureInfo.InvariantCulture, $"        {command.Entry.Name})\n            _arguments -s -S");
            IEnumerable<string> specifications =
                command.Syntax.Options.SelectMany(Specifications).Concat(command.Syntax.Arguments.Select(Specification));
            foreach (string specification in specifications)
            {
                text.Append(" \\\n                ").Append(ShellQuoting.InQuotes(specification));
            }

            text.Append("\n            ;;\n");
        }

        text.Append("        esac\n        ;;\n    esac\n}\n\n");
        text.Append("if [ \"${funcstack[1]}\" = _mtls-scenario ]; then\n    _mtls-scenario \"$@\"\n");
        return text.Append("else\n    compdef _mtls-scenario mtls-scenario\nfi\n").ToString();
    }

    private static IEnumerable<string> Specifications(DeclaredOption declared)
    {
        ImmutableArray<string> names = [.. OptionNames.Of(declared)];
        string before = OptionNames.Repeats(declared) ? "*" : $"({string.Join(' ', names)})";
        string description = $"[{Escaped(declared.Option.Description)}]";
        foreach (string name in names)
        {
            if (!OptionNames.TakesValue(declared))
            {
                yield return $"{before}{name}{description}";
                continue;
            }

            string joint = name.StartsWith("--", StringComparison.Ordinal) ? "=" : "+";
            yield return $"{before}{name}{joint}{description}:{Escaped(declared.Option.ValueName)}:{Action(declared.Completion)}";
        }
    }

    private static string Specification(DeclaredArgument declared)
    {
        string place = declared.Argument.MultipleValues ? "*:" : declared.Required ? ":" : "::";
        return $"{place}{Escaped(declared.Argument.Name)}:{Action(declared.Completion)}";
    }

    private static string Action(Completion completion) => completion.Kind switch
    {
        CompletionKind.ScenarioFile => "_files -g \"*.(yaml|yml)\"",
        CompletionKind.Folder => "_files -/",
        CompletionKind.Words => $"({string.Join(' ', completion.Words)})",
        CompletionKind.File => "_files",
        CompletionKind.Stem or CompletionKind.Party => $"_mtls-scenario-offer {CompletionOffers.Word(completion.Kind)}",
        _ => " ",
    };

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("]", "\\]", StringComparison.Ordinal)
        .Replace(":", "\\:", StringComparison.Ordinal);
}
