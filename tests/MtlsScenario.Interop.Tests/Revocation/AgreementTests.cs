using System.Globalization;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Revocation;
using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Revocation;

/// <summary>Whether a path is revoked, as the tool sees it and as openssl does.</summary>
public sealed class AgreementTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtls-scenario-");

    public void Dispose() => _folder.Delete(recursive: true);

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
}
