using MtlsScenario.Model;

namespace MtlsScenario.Tool.Context;

/// <summary>What is worked out in memory alone, and may be left when the command is called off.</summary>
internal static class Computation
{
    /// <summary>For fewer parties, connections or certificates, to start a thread is what takes time.</summary>
    private const int ManyEntries = 1000;

    /// <summary>What a scenario of as many takes up, in bytes.</summary>
    private const int ManyBytes = 1 << 16;

    /// <summary>Whether to read and check the file takes longer than who calls it off would wait.</summary>
    public static bool IsLong(string path) => new FileInfo(path) is { Exists: true, Length: > ManyBytes };

    /// <inheritdoc cref="RunAsync{T}(int, Func{T}, CancellationToken)"/>
    public static Task<T> RunAsync<T>(Scenario scenario, Func<T> work, CancellationToken cancellationToken) =>
        RunAsync(scenario.Parties.Length + scenario.Connections.Length, work, cancellationToken);

    /// <summary>Works it out, beside the wait for it where it takes long: it looks at no token, and is left to end with the process.</summary>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public static async Task<T> RunAsync<T>(int entries, Func<T> work, CancellationToken cancellationToken) => entries < ManyEntries
        ? work()
        : await Task.Run(work, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
}
