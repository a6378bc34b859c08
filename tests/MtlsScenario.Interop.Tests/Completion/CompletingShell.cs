using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Tool.Tests;
using Xunit;

namespace MtlsScenario.Interop.Tests.Completion;

/// <summary>Asks the real shells what they offer where Tab is pressed.</summary>
internal static class CompletingShell
{
    /// <summary>bash runs the function that the script registered, with the words that it would hand over.</summary>
    private const string Bash =
        """
        source "$1"
        IFS=' ' read -r -a COMP_WORDS <<< "$2"
        [[ $2 != *' ' ]] || COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        [[ $(complete -p mtls-scenario) == *' -F _mtls_scenario '* ]] && _mtls_scenario mtls-scenario
        printf '%s\n' "${COMPREPLY[@]}"
        """;

    /// <summary>
    /// zsh completes only in an interactive shell: one runs in a pseudo-terminal, and says what is added. Until its line editor
    /// reads, the terminal itself would take ^U for what it has got so far.
    /// </summary>
    private const string Zsh =
        """
        zmodload zsh/zpty
        zpty probe zsh -f -i
        zpty -w probe "PROMPT=; autoload -Uz compinit && compinit -u -D; source ${(q)1}"
        zpty -w probe '
        compadd() {
            if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return $?; fi
            typeset -a hits
            builtin compadd -A hits "$@"
            builtin compadd "$@"
            print -rl -- "HIT:"${^hits}
        }
        bindkey "^I" complete-word
        zle-line-init() { print REA""DY }
        zle -N zle-line-init
        '
        zpty -r probe text '*READY*'
        zpty -w -n probe "$2"$'\t'
        zpty -w -n probe $'\C-u''print DO""NE'$'\n'
        zpty -r probe text '*DONE*'
        print -r -- "$text"
        """;

    /// <summary>The offers of <paramref name="shell"/> at the end of <paramref name="line"/>, without their descriptions, sorted.</summary>
    public static async Task<IReadOnlyList<string>> OfferAsync(string shell, WorkFolder folder, string line)
    {
        ToolRun script = await folder.RunAsync("completion", shell, "-o", ".completion");
        Assert.Equal("", script.Error);
        string file = folder.PathOf(".completion");
        string[] arguments = shell switch
        {
            "bash" => ["--norc", "-c", Bash, "bash", file, line],
            "zsh" => ["-f", "-c", Zsh, "zsh", file, line],
            _ => ["--no-config", "-c", "source $argv[1]; complete --do-complete=$argv[2]", file, line],
        };
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(4));
        BufferedCommandResult result = await Cli.Wrap(Needs.Program(shell))
            .WithArguments(arguments)
            .WithWorkingDirectory(folder.Root)
            .WithEnvironmentVariables(variables => variables.Set("PATH", $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(limit.Token);
        IEnumerable<string> lines = result.StandardOutput.Split('\n').Select(offer => offer.TrimEnd('\r'));
        IEnumerable<string> offers = shell switch
        {
            "zsh" => lines.Where(offer => offer.Contains("HIT:", StringComparison.Ordinal)).Select(offer => offer.Split("HIT:")[1]),
            "fish" => lines.Select(offer => offer.Split('\t')[0]),
            _ => lines,
        };
        return [.. offers.Select(offer => offer.TrimEnd('/')).Where(offer => offer.Length > 0).Distinct().Order(StringComparer.Ordinal)];
    }
}
