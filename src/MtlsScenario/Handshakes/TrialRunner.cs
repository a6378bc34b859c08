using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>Tries all connections of a scenario.</summary>
/// <param name="source">Where the artifacts come from.</param>
/// <param name="stacks">What plays both ends; each plays every connection.</param>
/// <param name="substitute">What takes the place of a stack that cannot play a connection, or null.</param>
internal sealed class TrialRunner(
    IEndArtifactsSource source, ImmutableArray<IHandshakeStack> stacks, IHandshakeStack? substitute = null)
{
    /// <summary>Tries everything, several at once.</summary>
    /// <returns>The results, by connection in the order of the scenario, then by stack.</returns>
    public async Task<ImmutableArray<TrialResult>> RunAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        (Trial Trial, IHandshakeStack Stack)[] all = [.. from trial in Trial.Of(scenario) from stack in stacks select (trial, stack)];
        var results = new TrialResult[all.Length];
        await Parallel.ForAsync(0, all.Length, cancellationToken, async (index, token) =>
            results[index] = await TryAsync(all[index].Trial, all[index].Stack, token).ConfigureAwait(false)).ConfigureAwait(false);
        return [.. results];
    }

    private async Task<TrialResult> TryAsync(Trial trial, IHandshakeStack stack, CancellationToken cancellationToken)
    {
        EndArtifactsResult client = source.Read(trial.Client);
        EndArtifactsResult server = source.Read(trial.Server);
        if (client.Artifacts is not { } own || server.Artifacts is not { } others)
        {
            client.Artifacts?.Dispose();
            server.Artifacts?.Dispose();
            return new TrialResult(trial, stack.Name, new Verdict.NotTried(client.Fault ?? server.Fault!));
        }

        using var artifacts = new TrialArtifacts(own, others);
        Verdict verdict = await stack.TryAsync(trial, artifacts, cancellationToken).ConfigureAwait(false);
        if (verdict is not Verdict.NotTried || substitute is null)
        {
            return new TrialResult(trial, stack.Name, verdict);
        }

        Verdict instead = await substitute.TryAsync(trial, artifacts, cancellationToken).ConfigureAwait(false);
        return instead is Verdict.NotTried
            ? new TrialResult(trial, stack.Name, verdict)
            : new TrialResult(trial, substitute.Name, instead);
    }
}
