using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Model;
using MtlsScenario.Revocation;
using MtlsScenario.Tool.Peers;
using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Revocation;

/// <summary>Whether a path is revoked, as the tool sees it and as openssl does.</summary>
public sealed class AgreementTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>Scenarios in which someone trusts an intermediate: up to one openssl checks no lists.</summary>
    private static bool EndsAtRoots(EndArtifacts judge) => judge.Anchors.All(TrustAnchors.IsSelfIssued);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtls-scenario-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>As the scenario says, and with everybody checking.</summary>
    [Theory]
    [ClassData(typeof(ShippedScenarios))]
    public async Task Of_each_chain_of_each_scenario_openssl_says_the_same(string name)
    {
        Scenario scenario = ShippedScenarios.Read(name);
        await CompareAsync(scenario);
        await CompareAsync(scenario with
        {
            Parties = [.. scenario.Parties.Select(party => party with { Certificates = [.. party.Certificates.Select(certificate => certificate with { ChecksRevocation = true })] })],
        });
    }

    [Fact]
    [Trait(LongRun.Category, LongRun.Long)]
    public async Task Of_random_chains_and_lists_openssl_says_the_same()
    {
        int count = LongRun.Count("CRLS", 150, 1000);
        int seed = Environment.TickCount;
        var random = new Random(seed);
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int round = 0; round < count; round++)
        {
            using RandomChain chain = RandomChain.Make(random);
            PeerJudgement own = new PeerVerifier([chain.Path[^1]], null, RevocationChecker.Of(chain.Crls.Select(der => (ReadOnlyMemory<byte>)der)))
                .Judge(chain.Path[0], [.. chain.Path.Skip(1).SkipLast(1)], Side.Client);
            (bool isAccepted, RejectionReason? reason) = await OpenSslVerdict.OfAsync(
                _folder.FullName,
                chain.Path.SkipLast(1).Select(certificate => certificate.RawDataMemory),
                [chain.Path[^1].RawDataMemory],
                chain.Crls.Select(der => (ReadOnlyMemory<byte>)der),
                "-purpose", "sslclient");

            Assert.True((isAccepted, reason) == (own.IsAccepted, own.Reason), $"seed {seed}, round {round}, {chain.What}openssl: {reason}, here: {own}");
            string outcome = reason?.ToString() ?? "accepted";
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        LongRun.Report(output, string.Create(
            CultureInfo.InvariantCulture, $"CRLs: {count} random chains, each judged as openssl verify -crl_check_all does: {string.Join(", ", outcomes.Select(pair => $"{pair.Value} {pair.Key}"))}"));

        // Of a test that turned all away the agreement would say little.
        Assert.Equal(["RevocationUnknown", "Revoked", "accepted"], outcomes.Keys);
        Assert.All(outcomes.Values, times => Assert.True(times > count / 50));
    }

    private async Task CompareAsync(Scenario scenario)
    {
        using var issued = IssuedArtifacts.Issue(scenario, new FolderReader(_folder.FullName), DateTimeOffset.UtcNow);
        foreach (Trial trial in TrialSet.Of(scenario).Trials.DistinctBy(trial => (trial.Name, trial.Connection.At)))
        {
            using EndArtifacts client = issued.Read(trial.Client).Artifacts!, server = issued.Read(trial.Server).Artifacts!;
            await CompareAsync(trial, server, client, Side.Client);
            await CompareAsync(trial, client, server, Side.Server);
        }
    }

    /// <summary>One end's judgement of the other's chain, without the name.</summary>
    private async Task CompareAsync(Trial trial, EndArtifacts judge, EndArtifacts peer, Side peerSide)
    {
        // The machine's openssl may be too old for ML-DSA, whose lists the stacks of a trial check.
        if (judge.Anchors.IsEmpty || judge.UsesMlDsa || peer.UsesMlDsa || (judge.Crls is not null && !EndsAtRoots(judge)))
        {
            return;
        }

        using var anchors = new Certificates(judge.Anchors);
        using var chain = new Certificates(peer.Chain);
        PeerJudgement own = new PeerVerifier(anchors.All, trial.Connection.At, judge.Crls is { } crls ? RevocationChecker.Of(crls) : null).Judge(chain.All[0], chain.All, peerSide);
        (bool isAccepted, RejectionReason? reason) = await OpenSslVerdict.OfAsync(
            _folder.FullName,
            peer.Chain,
            judge.Anchors,
            judge.Crls,
            ["-purpose", peerSide == Side.Client ? "sslclient" : "sslserver", .. trial.Connection.At is { } at ? (string[])["-attime", $"{at.ToUnixTimeSeconds()}"] : []]);
        Assert.True((isAccepted, reason) == (own.IsAccepted, own.Reason), $"{trial.Name}, the {peerSide}: openssl: {reason}, here: {own}");
    }

    private sealed class Certificates(IEnumerable<ReadOnlyMemory<byte>> der) : IDisposable
    {
        public ImmutableArray<X509Certificate2> All { get; } = [.. der.Select(one => X509CertificateLoader.LoadCertificate(one.Span))];

        public void Dispose() => All.ToList().ForEach(certificate => certificate.Dispose());
    }
}
