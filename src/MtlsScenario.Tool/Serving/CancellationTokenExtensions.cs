namespace MtlsScenario.Tool.Serving;

/// <summary>Waits until a token is cancelled.</summary>
internal static class CancellationTokenExtensions
{
    /// <summary>A task that ends, without an exception, when the token is cancelled.</summary>
    public static async Task UntilCancelledAsync(this CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        CancellationTokenRegistration registration = cancellationToken.Register(cancelled.SetResult);
        await using (registration.ConfigureAwait(false))
        {
            await cancelled.Task.ConfigureAwait(false);
        }
    }
}
