using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using MtlsScenario.Revocation;
using MtlsScenario.Stores;
using MtlsScenario.X509;
using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>
/// Kills real processes (SIGKILL) at random system calls, while others work on the same folder: no key is ever lost, and the
/// next run completes what was begun.
/// </summary>
[UnsupportedOSPlatform("windows")]
[Trait(LongRun.Category, LongRun.Long)]
public sealed class KilledApplyTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[][] _renewals = [["--renew"], ["--new-key", "bob_server"], ["--new-key", "issuing"], ["--new-key", "all"]];

    private readonly KilledFolder _folder = new();
    private readonly Random _random = new(20261129);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whenever_it_is_killed_no_key_is_lost_and_the_next_run_completes()
    {
        int runs = LongRun.Count("KILLS", brief: 100, atLength: 10_000);
        await _folder.PrepareAsync();
        var watch = Stopwatch.StartNew();
        for (int run = 0; run < runs; run++)
        {
            await TryAsync(run);
            if ((run + 1) % 1_000 == 0 || run + 1 == runs)
            {
                LongRun.Report(output, string.Create(
                    CultureInfo.InvariantCulture,
                    $"killed apply: {run + 1:N0} runs in {watch.Elapsed.TotalSeconds:N0} s, {_folder.Figures}, 0 keys lost"));
            }
        }

        // If the moments were badly chosen, the test has shown nothing.
        Assert.InRange(_folder.Figures.KilledAtWork, runs / 10, runs);
        Assert.InRange(_folder.Figures.Keys, 1, int.MaxValue);
    }

    private async Task TryAsync(int run)
    {
        (string scenario, bool isFresh) = (run % 2 == 0 ? "flat" : "by-party", run / 2 % 3 == 0);
        string[] arguments = isFresh ? [] : _renewals[_random.Next(_renewals.Length)];
        _folder.Begin(scenario, isFresh);
        Dictionary<string, string> before = _folder.Keys();
        HashSet<string> revoked = _folder.Revoked();

        // Of every six runs two are alone, two have somebody who puts a key there, and two the script beside them.
        Intruder? intruder = (run / 6 % 3) == 1 ? new Intruder(_folder, _random) : null;
        Task script = (run / 6 % 3) == 2 ? _folder.RunScriptAsync(_random.Next(20, 400)) : Task.CompletedTask;
        Task intrusion = intruder?.ActAsync() ?? Task.CompletedTask;
        bool isKilled = await _folder.ApplyKilledAsync(_random, arguments);
        await Task.WhenAll(script, intrusion);
        if (isKilled && !await _folder.IsInStepAsync())
        {
            _folder.Figures.KilledAtWork++;
        }

        string what = $"run {run}, {scenario}, {(isFresh ? "fresh" : string.Join(' ', arguments))}, seen {intruder}";
        HashSet<string> now = [.. _folder.Keys().Values];
        Assert.All(before.Where(key => key.Key != intruder?.Replaced), key => Assert.True(now.Contains(key.Value), $"{what}: {key.Key} is lost"));
        Assert.True(intruder?.Key is not { } theirs || now.Contains(theirs), $"{what}: the key that was put there is lost");
        AssertNothingIsHalfWritten(what);

        // Who was named may have a new key; whoever was not has the one that it had.
        Dictionary<string, string> between = _folder.Keys();
        Assert.All(
            before.Where(key => !MayBeReplaced(key.Key, arguments) && key.Key != intruder?.Replaced),
            key => Assert.True(between.GetValueOrDefault(key.Key) == key.Value, $"{what}: {key.Key} is another"));

        await _folder.CompleteAsync(what);

        // Where the authority has another key, what it revoked is nobody's any more.
        HashSet<string> listed = _folder.Revoked();
        Assert.True(listed.Count >= 1, what);
        Assert.All(revoked.Where(entry => listed.Any(other => other.Split(' ')[0] == entry.Split(' ')[0])), entry => Assert.Contains(entry, listed));

        Dictionary<string, string> after = _folder.Keys();
        Assert.All(between, key => Assert.True(after.GetValueOrDefault(key.Key) == key.Value, $"{what}: {key.Key} did not stay"));
        Assert.Empty(Directory.GetFiles(_folder.Certificates, "*.tmp", SearchOption.AllDirectories));
    }

    private static bool MayBeReplaced(string path, string[] arguments) =>
        arguments is ["--new-key", var stem] && (stem == "all" || Path.GetFileName(path) == $"{stem}.key");

    private void AssertNothingIsHalfWritten(string what)
    {
        foreach (string path in _folder.Files())
        {
            byte[] content = File.ReadAllBytes(path);
            if (path.EndsWith(".crt", StringComparison.Ordinal))
            {
                Assert.True(ParsedCertificate.TryRead(content, out _), $"{what}: {path}");
            }
            else if (path.EndsWith(".crl", StringComparison.Ordinal))
            {
                Assert.True(ParsedCrl.ReadAll(content).All(crl => crl is not null), $"{what}: {path}");
            }
            else if (KeyIn(path, content) is { } result)
            {
                using PrivateKey key = Assert.IsType<KeyReadResult.Read>(result).Key;
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        }
    }

    /// <summary>The key in a file, opened where it is closed; null of a file without one.</summary>
    private static KeyReadResult? KeyIn(string path, byte[] content)
    {
        using var password = Password.WellKnown();
        switch (Path.GetExtension(path))
        {
            case ".p12" when !path.EndsWith(".trust.p12", StringComparison.Ordinal):
                Assert.Null(Pkcs12Reader.TryOpen(content, password, out Pkcs12Content? store));
                using (store)
                {
                    return PrivateKey.ReadDer(Pem.PrivateKey, Assert.Single(store!.Keys).Pkcs8);
                }

            case ".key" when path.EndsWith(".encrypted.key", StringComparison.Ordinal):
                Assert.Null(EncryptedKey.TryOpen(content, password, out OpenedKey? opened));
                return opened!.Key;
            case ".yaml" when path.EndsWith(".secret.yaml", StringComparison.Ordinal):
                return PrivateKey.ReadPem(KubernetesReader.Find(content, KubernetesReader.Key));
            case ".der" when path.EndsWith(".key.der", StringComparison.Ordinal):
                return PrivateKey.ReadDer(Pem.PrivateKey, content);
            case ".key" or ".pem":
                return PrivateKey.ReadPem(content);
            default:
                return null;
        }
    }
}
