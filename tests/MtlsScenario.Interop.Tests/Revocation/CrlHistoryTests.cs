using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Revocation;

/// <summary>Whatever happens to a folder, nobody who was revoked is forgotten, and no number goes back.</summary>
[Trait(LongRun.Category, LongRun.Long)]
public sealed class CrlHistoryTests(ITestOutputHelper output)
{
    [Fact]
    public void Who_was_ever_revoked_is_on_the_newest_list_after_every_run()
    {
        int histories = LongRun.Count("HISTORIES", brief: 25, atLength: 1_000);
        (int done, int killed, int revoked) = (0, 0, 0);
        var watch = Stopwatch.StartNew();
        for (int seed = 0; seed < histories; seed++)
        {
            using var history = new CrlHistory(seed);
            history.Live(events: 30);
            (done, killed, revoked) = (done + history.Runs.Done, killed + history.Runs.Killed, revoked + history.Ever);
        }

        LongRun.Report(output, string.Create(
            CultureInfo.InvariantCulture,
            $"CRL histories: {histories:N0} in {watch.Elapsed.TotalSeconds:N0} s, {done:N0} runs and {killed:N0} killed ones, {revoked:N0} certificates revoked, 0 forgotten"));

        // If too little happened, the test has shown nothing.
        Assert.InRange(killed, histories, int.MaxValue);
        Assert.InRange(revoked, histories, int.MaxValue);
    }
}
