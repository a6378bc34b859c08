namespace MtlsScenario.Tool.Context;

/// <summary>All that a command may know of the process around it, so that a test can put another in its place.</summary>
internal sealed record ToolContext
{
    /// <summary>Standard output: results, and nothing else.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error: all that is not a result.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input, which a file named <c>-</c> stands for.</summary>
    public required Stream Input { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The folder that relative paths start from; an absolute path.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>An environment variable's value, or null.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Whether results go to a terminal.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether messages go to a terminal: only then a progress bar is drawn.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Asks for a secret on the terminal, and shows none of it; null where nobody sits there.</summary>
    public Func<string, CancellationToken, Task<string?>>? AskSecret { get; init; }

    /// <summary>How many columns lines have at most that go into a file or to another program.</summary>
    public const int FileColumns = 80;

    /// <summary>How many columns the lines of a result may have: those of the terminal that it goes to.</summary>
    public int Columns { get; init; } = FileColumns;

    /// <summary>How many columns the terminal has that messages go to.</summary>
    public int ErrorColumns { get; init; } = FileColumns;

    /// <summary>Whether <c>--quiet</c> was said: results and errors alone.</summary>
    public bool Quiet { get; init; }

    /// <summary>The warnings and errors of this run.</summary>
    public MessageLog Messages { get; init; } = new(isJson: false);

    /// <summary>How messages are printed.</summary>
    public Reporter Report => new(this);

    /// <summary>The absolute path of what the user called <paramref name="path"/>.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, WorkingDirectory);
}
