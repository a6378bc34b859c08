using System.Collections.Immutable;
using System.Text;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Commands;

/// <summary>What <c>--help</c> prints.</summary>
/// <param name="columns">How many columns a line may have.</param>
internal sealed class HelpText(int columns)
{
    private const int WidestTerm = 24;

    /// <summary>Longer lines are hard to read.</summary>
    private const int WidestLine = 100;

    private readonly int _columns = Math.Min(WidestLine, columns);

    /// <summary>Help for what is at the other end of standard output.</summary>
    public static HelpText For(ToolContext context) => new(context.OutputIsTerminal ? context.Columns : WidestLine);

    /// <summary>The help of the tool as a whole.</summary>
    public string OfTool()
    {
        StringBuilder text = new();
        text.Append(Wrapped("Mutual TLS layouts from one YAML file: who certifies, who trusts whom, who must get through to whom.", "")).Append('\n');
        text.Append("\nUsage: mtls-scenario COMMAND [OPTIONS]\n");
        AppendTable(text, "Commands", CommandCatalog.Entries.Select(entry => (entry.Name, entry.Summary)));
        AppendTable(text, "Options", [("-h, --help", "print this help"), ("--version", "print the version")]);
        AppendExamples(text,
        [
            new Example("init -o amy-bob.yaml", "start with a scenario of two parties and one CA"),
            new Example("apply amy-bob.yaml", "make its keys and certificates, or bring them up to date"),
            new Example("test amy-bob.yaml", "try who gets through to whom"),
        ]);
        text.Append('\n').Append(Wrapped("Exit codes: 0 as asked, 1 a check said no, 2 usage or invalid scenario, 3 environment, 70 a bug, 130 cancelled.", "")).Append('\n');
        text.Append("The help of a command: mtls-scenario COMMAND --help\n");
        return text.ToString();
    }

    /// <summary>The help of a command.</summary>
    public string Of(BoundCommand bound)
    {
        StringBuilder text = new();
        string summary = bound.Entry.Summary;
        text.Append(Wrapped($"{char.ToUpperInvariant(summary[0])}{summary[1..]}.", "")).Append('\n');
        if (bound.Command.Remarks is { } remarks)
        {
            text.Append('\n').Append(Wrapped(remarks.Trim('\n'), "")).Append('\n');
        }

        text.Append("\nUsage: mtls-scenario ").Append(bound.Entry.Name);
        foreach (DeclaredArgument declared in bound.Syntax.Arguments)
        {
            text.Append(' ').Append(Usage(declared));
        }

        text.Append(" [OPTIONS]\n");
        AppendTable(
            text, "Arguments", bound.Syntax.Arguments.Select(declared => (declared.Argument.Name, declared.Argument.Description)));
        AppendTable(text, "Options", bound.Syntax.Options.Select(declared => (Term(declared.Option), declared.Option.Description)));
        AppendExamples(text, bound.Command.Examples);
        return text.ToString();
    }

    private static string Usage(DeclaredArgument declared)
    {
        string name = declared.Argument.Name + (declared.Argument.MultipleValues ? "..." : "");
        return declared.Required ? name : $"[{name}]";
    }

    private static string Term(CommandOption option)
    {
        string names = option.ShortName is { Length: > 0 } letter ? $"-{letter}, --{option.LongName}" : $"    --{option.LongName}";
        return option.ValueName is { Length: > 0 } value ? $"{names} {value}" : names;
    }

    private void AppendTable(StringBuilder text, string title, IEnumerable<(string Term, string Meaning)> rows)
    {
        ImmutableArray<(string Term, string Meaning)> table = [.. rows];
        if (table.IsEmpty)
        {
            return;
        }

        int width = Math.Min(Math.Min(WidestTerm, _columns / 3), table.Max(row => row.Term.Length));
        text.Append('\n').Append(title).Append(":\n");
        foreach ((string term, string meaning) in table)
        {
            string gap = term.Length <= width ? new string(' ', width - term.Length) : "\n" + new string(' ', width + 2);
            string description = Wrapped(meaning, new string(' ', width + 4));
            text.Append("  ").Append(term).Append(gap).Append("  ").Append(description).Append('\n');
        }
    }

    /// <summary>The text in lines, the first of which starts where <paramref name="indent"/> ends.</summary>
    private string Wrapped(string text, string indent)
    {
        StringBuilder wrapped = new();
        foreach (string paragraph in text.Split('\n'))
        {
            int column = indent.Length;
            wrapped.Append(wrapped.Length == 0 ? "" : "\n" + indent);
            foreach (string word in paragraph.Split(' '))
            {
                bool isFirst = column == indent.Length;
                bool fits = isFirst || column + 1 + word.Length <= _columns;
                wrapped.Append(isFirst ? "" : fits ? " " : "\n" + indent).Append(word);
                column = (fits ? column + (isFirst ? 0 : 1) : indent.Length) + word.Length;
            }
        }

        return wrapped.ToString();
    }

    private void AppendExamples(StringBuilder text, ImmutableArray<Example> examples)
    {
        text.Append("\nExamples:\n");
        foreach (Example example in examples)
        {
            text.Append("  mtls-scenario ").Append(example.Arguments).Append("\n      ").Append(Wrapped(example.Meaning, "      ")).Append('\n');
        }
    }
}
