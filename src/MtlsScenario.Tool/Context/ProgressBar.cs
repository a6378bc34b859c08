using System.Globalization;

namespace MtlsScenario.Tool.Context;

/// <summary>
/// Shows how far a long piece of work has come: on standard error, only on a terminal, only after a second, and not with
/// <c>--quiet</c>.
/// </summary>
internal static class ProgressBar
{
    private const string EraseToEnd = "\e[K";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Does the work, beside a bar on another thread, and returns what it returns.</summary>
    /// <param name="context">Where to draw.</param>
    /// <param name="title">What is counted: <c>certificates</c>.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="work">Given what to call, from any thread, whenever one is done.</param>
    public static Task<T> ShowAsync<T>(ToolContext context, string title, long total, Func<Action, T> work) =>
        ShowAsync(context, title, total, done => Task.FromResult(work(done)));

    /// <inheritdoc cref="ShowAsync{T}(ToolContext, string, long, Func{Action, T})"/>
    public static async Task<T> ShowAsync<T>(ToolContext context, string title, long total, Func<Action, Task<T>> work)
    {
        if (!Terminal.ObeysSequences(context, context.ErrorIsTerminal) || context.Quiet)
        {
            return await work(static () => { }).ConfigureAwait(false);
        }

        long done = 0;
        Task<T> working = Task.Run(() => work(() => Interlocked.Increment(ref done)));
        if (await Task.WhenAny(working, Task.Delay(_patience, context.Time)).ConfigureAwait(false) != working)
        {
            await DrawAsync(context, title, total, working, () => Interlocked.Read(ref done)).ConfigureAwait(false);
        }

        return await working.ConfigureAwait(false);
    }

    /// <summary>
    /// Draws one line over and over, and takes it away in the end. It neither hides the cursor nor sets a colour, so there is
    /// nothing that an end in the middle of it, as by a second Ctrl-C, could leave behind.
    /// </summary>
    private static async Task DrawAsync(ToolContext context, string title, long total, Task working, Func<long> done)
    {
        long started = context.Time.GetTimestamp();
        long before = done();
        while (!working.IsCompleted)
        {
            long now = done();
            double seconds = context.Time.GetElapsedTime(started).TotalSeconds;
            double rate = seconds > 0 ? (now - before) / seconds : 0;
            string left = rate > 0 ? string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds((total - now) / rate):h\\:mm\\:ss} left") : "";
            string line = string.Create(CultureInfo.InvariantCulture, $"{now:N0} of {total:N0} {title}, {rate:N0}/s{left}");

            // In the last column a terminal may begin a line of its own accord.
            int room = context.ErrorColumns - 1;
            context.Error.Write($"\r{(line.Length > room ? line[..room] : line)}{EraseToEnd}");
            await Task.WhenAny(working, Task.Delay(_interval, context.Time)).ConfigureAwait(false);
        }

        context.Error.Write($"\r{EraseToEnd}");
    }
}
