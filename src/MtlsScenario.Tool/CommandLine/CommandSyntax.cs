using System.Collections.Immutable;
using System.Globalization;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Binding;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>Where a command declares its arguments and options, in the order of the help.</summary>
internal sealed class CommandSyntax(CommandLineApplication application)
{
    private readonly List<DeclaredArgument> _arguments = [];
    private readonly List<DeclaredOption> _options = [];

    /// <summary>The arguments so far.</summary>
    public IReadOnlyList<DeclaredArgument> Arguments => _arguments;

    /// <summary>The options so far.</summary>
    public IReadOnlyList<DeclaredOption> Options => _options;

    /// <summary>An argument that must be there.</summary>
    public CommandArgument Required(string name, string description, Completion? completion = null) =>
        Add(application.Argument(name, description), completion, required: true);

    /// <summary>An argument that may be left out.</summary>
    public CommandArgument Optional(string name, string description, Completion? completion = null) =>
        Add(application.Argument(name, description), completion, required: false);

    /// <summary>The last argument, one or more of it.</summary>
    public CommandArgument OneOrMore(string name, string description, Completion? completion = null) =>
        Add(application.Argument(name, description, multipleValues: true), completion, required: true);

    /// <summary>The last argument, any number of it.</summary>
    public CommandArgument AnyNumber(string name, string description, Completion? completion = null) =>
        Add(application.Argument(name, description, multipleValues: true), completion, required: false);

    /// <summary>The scenario, which most commands start from.</summary>
    public CommandArgument ScenarioFile() =>
        Required("FILE", "the scenario; - is standard input", Completion.ScenarioFile);

    /// <summary>An option without a value: <c>--strict</c>.</summary>
    public CommandOption Flag(string template, string description) =>
        Add(application.Option(template, description, CommandOptionType.NoValue), Completion.None, static _ => null);

    /// <summary>An option with a value: <c>-o|--out &lt;FILE&gt;</c>.</summary>
    public CommandOption Value(string template, string description, Completion? completion = null) =>
        Add(application.Option(template, description, CommandOptionType.SingleValue), completion, static _ => null);

    /// <summary>An option with a value that may be said several times.</summary>
    public CommandOption Values(string template, string description, Completion? completion = null) =>
        Add(application.Option(template, description, CommandOptionType.MultipleValue), completion, static _ => null);

    /// <summary>An option whose value is one of <paramref name="choices"/>; its description ends in their list.</summary>
    public ChoiceOption<T> Choice<T>(string template, string description, params ImmutableArray<(string Word, T Value)> choices) =>
        new(Words(template, description, CommandOptionType.SingleValue, [.. choices.Select(choice => choice.Word)]), choices);

    /// <summary><see cref="Choice"/>, but it may be said several times.</summary>
    public ChoicesOption<T> Choices<T>(string template, string description, params ImmutableArray<(string Word, T Value)> choices) =>
        new(Words(template, description, CommandOptionType.MultipleValue, [.. choices.Select(choice => choice.Word)]), choices);

    /// <summary>An option whose value is an integer from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public NumberOption Number(string template, string description, int least, int most)
    {
        CommandOption option = Add(
            application.Option(template, description, CommandOptionType.SingleValue),
            Completion.None,
            value => NumberOption.TryParse(value, out int number) && number >= least && number <= most
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"an integer from {least} to {most} is expected"));
        return new NumberOption(option);
    }

    /// <summary>An option whose value is a duration, as scenarios write them.</summary>
    public DurationOption Duration(string template, string description) => new(Add(
        application.Option(template, description, CommandOptionType.SingleValue),
        Completion.None,
        value => TimeSyntax.Duration(value, isSigned: false) is null ? DurationOption.Expectation : null));

    /// <summary>An option whose value is an instant, as scenarios write them.</summary>
    public CommandOption Instant(string template, string description) => Add(
        application.Option(template, description, CommandOptionType.SingleValue),
        Completion.None,
        value => TimeSyntax.Instant(value) is null ? "an instant is expected, such as 2026-01-01T00:00:00Z" : null);

    /// <summary><c>-d, --dir DIR</c>.</summary>
    public CommandOption Folder(string description) => Value("-d|--dir <DIR>", description, Completion.Folder);

    /// <summary><c>--password-file FILE</c>.</summary>
    public CommandOption PasswordFile(string description) => Value("--password-file <FILE>", description, Completion.File);

    /// <summary><c>-o, --out FILE</c>, of whatever prints a text.</summary>
    public OutputOption Output() => Output("-o|--out <FILE>", "write to FILE instead of standard output");

    /// <summary>An option that names a file to write a text to, in place of what was there.</summary>
    public OutputOption Output(string template, string description)
    {
        CommandOption option = application.Option(template, description, CommandOptionType.SingleValue);
        _options.Add(new DeclaredOption(option, Completion.File, static _ => null, IsOutput: true));
        return new OutputOption(option);
    }

    /// <summary><c>--json</c>, where there is a result.</summary>
    public CommandOption Json() => Flag("--json", "print the result as JSON");

    private CommandOption Words(string template, string description, CommandOptionType type, ImmutableArray<string> words) => Add(
        application.Option(template, $"{description}: {string.Join(", ", words)}", type),
        Completion.Of(words),
        value => words.Contains(value, StringComparer.Ordinal) ? null : DidYouMean.OneOf(words, value));

    private CommandArgument Add(CommandArgument argument, Completion? completion, bool required)
    {
        Completion offers = completion ?? Completion.None;
        _arguments.Add(new DeclaredArgument(argument, offers, required, Check));
        return argument;

        string? Check(string value) =>
            offers.Kind != CompletionKind.Words || offers.Words.Contains(value, StringComparer.Ordinal)
                ? null
                : DidYouMean.OneOf(offers.Words, value);
    }

    private CommandOption Add(CommandOption option, Completion? completion, Func<string, string?> check)
    {
        _options.Add(new DeclaredOption(option, completion ?? Completion.None, check));
        return option;
    }
}
