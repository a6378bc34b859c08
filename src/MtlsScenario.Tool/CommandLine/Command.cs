using System.Collections.Immutable;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>
/// One command. Its constructor takes the <see cref="CommandSyntax"/> and declares its arguments and options
/// in field initialisers, in the order of the help; their values are there when it runs.
/// </summary>
internal abstract class Command
{
    /// <summary>What the help shows below the options; at least one.</summary>
    public abstract ImmutableArray<Example> Examples { get; }

    /// <summary>More than the summary, for the help, or null.</summary>
    public virtual string? Remarks => null;

    /// <summary>Does the work. A user's mistake is reported and returned; the environment's faults are thrown.</summary>
    /// <exception cref="EnvironmentException">The environment does not allow it.</exception>
    /// <exception cref="IOException">A file could not be read or written.</exception>
    public abstract Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken);
}
