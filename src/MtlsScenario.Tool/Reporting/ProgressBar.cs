using Spectre.Console;

namespace MtlsScenario.Tool.Reporting;

/// <summary>
/// Shows how far a long piece of work has come: on standard error, only on a terminal, only after a second, and not with
/// <c>--quiet</c>.
/// </summary>
internal static class ProgressBar
{
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
        if (!context.ErrorIsTerminal || context.Quiet)
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

    private static async Task DrawAsync(ToolContext context, string title, long total, Task working, Func<long> done)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(context.Error),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = context.HasColour(context.ErrorIsTerminal) ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        });
        long started = context.Time.GetTimestamp();
        long before = done();
        await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                ProgressTask bar = progress.AddTask(title, maxValue: total);
                while (!working.IsCompleted)
                {
                    long now = done();
                    double seconds = context.Time.GetElapsedTime(started).TotalSeconds;
                    double rate = seconds > 0 ? (now - before) / seconds : 0;
                    bar.Description = string.Create(
                        System.Globalization.CultureInfo.InvariantCulture, $"{now:N0} of {total:N0} {title}, {rate:N0}/s");
                    bar.Value = now;
                    await Task.WhenAny(working, Task.Delay(_interval, context.Time)).ConfigureAwait(false);
                }
            })
            .ConfigureAwait(false);
    }
}
