using MtlsScenario.Model;

namespace MtlsScenario.Tool.Context;

/// <summary>What is worked out in memory alone, and may be left when the command is called off.</summary>
internal static class Computation
{
    /// <summary>For fewer parties and connections, to start a thread is what takes time.</summary>
    private const int ManyEntries = 1000;

    /// <summary>What a scenario of as many takes up, in bytes.</summary>
    private const int ManyBytes = 1 << 16;

    /// <summary>Whether to read and check the file takes longer than who calls it off would wait.</summary>
    public static bool IsLong(FileInfo file) => file is { Exists: true, Length: > ManyBytes };

    /// <summary>Works it out, and beside the wait for it where it takes long.</summary>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public static async Task<T> RunAsync<T>(Scenario scenario, Func<T> work, CancellationToken cancellationToken) =>
        scenario.Parties.Length + scenario.Connections.Length < ManyEntries ? work() : await BesideAsync(work, cancellationToken).ConfigureAwait(false);

    /// <summary>Works it out beside the wait for it: it looks at no token, and when it is called off it is left to end with the process.</summary>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public static Task<T> BesideAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Run(work, CancellationToken.None).WaitAsync(cancellationToken);
}
