namespace MtlsScenario.Tool.Tests;

/// <summary>What is around the tool when it runs inside the test's process.</summary>
public sealed record InProcessSetup
{
    /// <summary>What is on standard input.</summary>
    public string Input { get; init; } = "";

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether both outputs are terminals.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>How many columns the terminal has.</summary>
    public int Columns { get; init; } = 80;

    /// <summary>The environment's variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Answers questions for secrets; null where nobody sits there.</summary>
    public Func<string, string?>? Answer { get; init; }

    /// <summary>What Ctrl-C would cancel.</summary>
    public CancellationToken Cancellation { get; init; }
}
