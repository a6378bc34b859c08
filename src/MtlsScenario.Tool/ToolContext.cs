using MtlsScenario.Tool.Reporting;

namespace MtlsScenario.Tool;

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

    /// <summary>Whether <c>--quiet</c> was said: results, warnings and errors alone.</summary>
    public bool Quiet { get; init; }

    /// <summary>How messages are printed.</summary>
    public Reporter Report => new(this);

    /// <summary>Whether <paramref name="isTerminal"/> shows colours, and the user did not decline them (no-color.org).</summary>
    public bool HasColour(bool isTerminal) =>
        isTerminal && string.IsNullOrEmpty(Environment("NO_COLOR")) && Environment("TERM") is not "dumb";

    /// <summary>The absolute path of what the user called <paramref name="path"/>.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, WorkingDirectory);
}
