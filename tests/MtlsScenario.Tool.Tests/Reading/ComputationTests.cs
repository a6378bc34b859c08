using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;
using Xunit;

namespace MtlsScenario.Tool.Tests.Reading;

/// <summary>What takes long is left when the command is called off.</summary>
public sealed class ComputationTests
{
    [Fact]
    public async Task What_is_worked_out_of_many_parties_is_left_where_it_never_ends()
    {
        using var ends = new ManualResetEventSlim();
        using var begins = new SemaphoreSlim(0);
        using var interruption = new CancellationTokenSource();
        Task<int> working = Computation.RunAsync(
            Many(1_000),
            () =>
            {
                begins.Release();
                ends.Wait(CancellationToken.None);
                return 0;
            },
            interruption.Token);

        await begins.WaitAsync();
        await interruption.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        ends.Set();
    }

    [Fact]
    public async Task What_is_worked_out_of_few_is_not_handed_to_another_thread()
    {
        int thread = Environment.CurrentManagedThreadId;

        Assert.Equal(thread, await Computation.RunAsync(Many(2), () => Environment.CurrentManagedThreadId, CancellationToken.None));
    }

    private static Scenario Many(int parties) => ScenarioLoader.Parse(
        "name: many\ndefaults: { key: ec-p256 }\nauthorities: { ca: { subject: /CN=ca } }\nparties:\n"
        + string.Concat(Enumerable.Range(1, parties).Select(number => string.Create(
            CultureInfo.InvariantCulture, $"  c{number}: {{ client: {{ subject: /CN=c{number}, issuer: ca }} }}\n"))));
}
