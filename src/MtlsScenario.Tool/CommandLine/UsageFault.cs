using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>What is wrong with a command line.</summary>
/// <param name="Message">What is wrong, fit to be printed.</param>
/// <param name="Hint">What would be right, or null where the help has to tell.</param>
internal sealed record UsageFault(string Message, string? Hint)
{
    /// <summary>The parser's complaint in our words.</summary>
    public static UsageFault Of(CommandParsingException exception, CommandSyntax syntax)
    {
        string message = VisibleText.Of(exception.Message);
        int quote = exception.Message.IndexOf('\'', StringComparison.Ordinal);
        string named = quote < 0 ? "" : exception.Message[(quote + 1)..].TrimEnd('\'');
        string said = char.ToLowerInvariant(message[0]) + message[1..];
        if (exception is not UnrecognizedCommandParsingException)
        {
            return new UsageFault(said, null);
        }

        bool isOption = named.StartsWith('-');
        IEnumerable<string> known = syntax.Options.Select(declared => "--" + declared.Option.LongName);
        string? nearest = isOption ? NearestName.Find(named.Split('=')[0], known, leniency: 1) : null;
        return new UsageFault(
            $"{(isOption ? "unknown option" : "unexpected argument")} {VisibleText.Quoted(named)}",
            nearest is null ? null : $"did you mean {nearest}?");
    }

    /// <summary>The first fault of values that were read, or null.</summary>
    public static UsageFault? In(CommandSyntax syntax)
    {
        foreach (DeclaredArgument declared in syntax.Arguments)
        {
            if (declared.Required && declared.Argument.Values.Count == 0)
            {
                return new UsageFault($"{declared.Argument.Name} is missing", null);
            }

            if (Fault(declared.Argument.Values, declared.Check) is { } fault)
            {
                return fault with { Message = $"{declared.Argument.Name}: {fault.Message}" };
            }
        }

        foreach (DeclaredOption declared in syntax.Options)
        {
            if (Fault(declared.Option.Values, declared.Check) is { } fault)
            {
                return fault with { Message = $"--{declared.Option.LongName}: {fault.Message}" };
            }
        }

        return null;
    }

    private static UsageFault? Fault(IEnumerable<string?> values, Func<string, string?> check)
    {
        foreach (string? value in values)
        {
            if (value is { Length: 0 })
            {
                return new UsageFault("the value is empty", null);
            }

            if (value is not null && check(value) is { } expected)
            {
                return new UsageFault($"{VisibleText.Quoted(value)} is not valid", expected);
            }
        }

        return null;
    }
}
