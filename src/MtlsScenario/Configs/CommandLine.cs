using System.Collections.Immutable;
using MtlsScenario.Scripting;

namespace MtlsScenario.Configs;

/// <summary>A command to paste into a shell.</summary>
internal sealed record CommandLine(ImmutableArray<string> Words)
{
    /// <summary>A command without options.</summary>
    public static CommandLine Of(params ImmutableArray<string> words) => new(words);

    /// <summary>The command and more words.</summary>
    public CommandLine With(params ImmutableArray<string> words) => new(Words.AddRange(words));

    /// <summary>The command in one line, without a newline at its end.</summary>
    public override string ToString() => string.Join(' ', Words.Select(ShellQuoting.Quote));
}
