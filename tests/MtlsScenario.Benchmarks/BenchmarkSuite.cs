using System.Globalization;
using System.Runtime.InteropServices;
using MtlsScenario.Issuance;
using MtlsScenario.Planning;

namespace MtlsScenario.Benchmarks;

/// <summary>All that is measured.</summary>
/// <param name="tool">The native binary.</param>
/// <param name="disk">A place on the machine's own disk.</param>
/// <param name="memory">A place on a file system in memory.</param>
internal sealed class BenchmarkSuite(string tool, WorkPlace disk, WorkPlace memory)
{
    private const int Fleet = 10_000;
    private const int LargeFleet = 100_000;

    private readonly List<string> _notes = [];

    /// <summary>Says where the figures come from.</summary>
    public void PrintMachine()
    {
        string folder = disk.Empty();
        Console.WriteLine($"{ChildProcess.Output(folder, tool, "--version")}, native, {new FileInfo(tool).Length / 1e6:F1} MB (at most 24)");
        Console.WriteLine(
            $"{RuntimeInformation.FrameworkDescription}, {ChildProcess.Output(folder, "openssl", "version")}, "
            + $"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores");
    }

    /// <summary>Measures and prints row by row.</summary>
    /// <param name="only">The group of rows to measure, such as <c>crl</c>; null for all.</param>
    /// <returns>Whether there is such a group.</returns>
    public bool PrintTable(string? only)
    {
        var large = new LargeRows(tool, disk, _notes);
        (string Name, Func<IEnumerable<Comparison>> Rows)[] groups =
        [
            ("crl", Crls),
            ("apply", () => [Apply("ec-p256", 0.11), Apply("rsa-2048", 0.70)]),
            ("start", () => [Start("--version", 3), Start("validate", 4), PlanAgainstVersion(), AgainAgainstPlan()]),
            ("mesh", () => [Mesh()]),
            ("files", () => [FilesAgainstBound(memory, "/dev/shm", 1.4), FilesAgainstBound(disk, "the disk", null), AgainAgainstBound(), FilesAgainstReady()]),
            ("memory", () => [MemoryAgainstBound()]),
            ("stores", () => [StoresAgainstNone()]),
            ("seed", () => [SeededAgainstDrawn("rsa-2048"), SeededAgainstDrawn("ec-p256")]),
            ("ml-dsa", () => [PostQuantumFleet()]),
            ("large", () => [LargeAgainstSmall()]),
            ("peers", () => Peer.All.Where(peer => peer.IsInstalled).SelectMany(peer => new[] { AgainstPeer(peer, 2, 10), AgainstPeer(peer, 1_000, 1) })),
            ("probe", Probe),
            ("stacks", new StackRows(tool, disk).Measure),
            ("pictures", large.Pictures),
            ("report", large.Reports),
            ("validate", large.Checks),
        ];
        Console.WriteLine();
        Console.WriteLine("| work | against | ratio | at most | | ours, median | theirs, median | runs |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        (string Name, Func<IEnumerable<Comparison>> Rows)[] chosen = [.. groups.Where(group => only is null || group.Name == only)];
        foreach (Comparison row in chosen.SelectMany(group => group.Rows()))
        {
            Print(row);
        }

        Console.WriteLine();
        foreach (string note in _notes)
        {
            Console.WriteLine(note);
        }

        Console.WriteLine("Medians; ± is half of the distance between the quartiles. Both sides ran in turns, after one turn to warm up.");
        return chosen.Length > 0;
    }

    private IEnumerable<Comparison> Crls()
    {
        var crls = new CrlRows(tool, memory);
        foreach (Comparison row in crls.Measure())
        {
            yield return row;
        }

        NotePeak(CrlRows.What, crls.PeakBytes);
    }

    private IEnumerable<Comparison> Probe()
    {
        _notes.Add($"`probe` of `openssl s_server`, all faults on TLS 1.2 and 1.3: {ProbeServer().TotalSeconds:F1} s (at most 10).");
        return [];
    }

    /// <summary>How long it takes to try all faults, one after the other, on a server of this machine.</summary>
    private TimeSpan ProbeServer()
    {
        string scenario = disk.Scenario("probed.yaml", Scenarios.AmyBob("ec-p256"));
        string folder = disk.Empty();
        ChildProcess.Output(folder, tool, "apply", scenario, "-d", "certs");
        using var server = TlsServer.Start(Path.Combine(folder, "certs"), "bob_server");
        return ChildProcess.Time(folder, tool, "probe", scenario, "amy", string.Create(CultureInfo.InvariantCulture, $"localhost:{server.Port}"), "-d", "certs", "--accepted-when", "200", "-q");
    }

    private void NotePeak(string what, long bytes) => _notes.Add($"Peak of memory with {what}: {bytes / (1024.0 * 1024):F0} MiB.");

    private static void Print(Comparison row)
    {
        string limit = row.Limit is { } most ? $"{most:0.00} ×" : "";
        string holds = row.Limit is null ? "" : row.Ratio <= row.Limit ? "holds" : "OVER";
        Console.WriteLine(
            $"| {row.Work} | {row.Against} | {row.Ratio:0.00} × | {limit} | {holds} | {Side(row.Ours)} | {Side(row.Theirs)} | {row.Ours.Count} |");
    }

    private static string Side(Samples samples)
    {
        double median = samples.Median;
        string time = median < 1 ? $"{median * 1000:F1} ms" : $"{median:F2} s";
        return $"{time} ± {samples.Spread * 100:F0} %";
    }

    private Comparison Apply(string key, double limit)
    {
        string scenario = disk.Scenario($"amy-bob-{key}.yaml", Scenarios.AmyBob(key));
        string script = Path.ChangeExtension(scenario, ".sh");
        ChildProcess.Output(disk.Empty(), tool, "script", scenario, "-o", script);
        return new Comparison($"`apply` of amy-bob, {key}", "the emitted script", limit).Run(
            30,
            () => ChildProcess.Time(disk.Settled(), tool, "apply", scenario),
            () => ChildProcess.Time(disk.Settled(), "sh", script, "amy-bob"));
    }

    private Comparison Start(string command, double limit)
    {
        string scenario = disk.Scenario("start.yaml", Scenarios.AmyBob("rsa-2048"));
        string[] arguments = command == "--version" ? [command] : [command, scenario];
        string folder = disk.Empty();
        return new Comparison($"`{command}`", "`openssl version`", limit).Run(
            100,
            () => ChildProcess.Time(folder, tool, arguments),
            () => ChildProcess.Time(folder, "openssl", "version"));
    }

    /// <summary>Nothing is read or made, so no cryptography is to be loaded.</summary>
    private Comparison PlanAgainstVersion()
    {
        string scenario = disk.Scenario("new.yaml", Scenarios.AmyBob("ec-p256"));
        string folder = disk.Empty();
        return new Comparison("`plan` of amy-bob, no folder yet", "`--version`", 1.6).Run(
            100, () => ChildProcess.Time(folder, tool, "plan", scenario), () => ChildProcess.Time(folder, tool, "--version"));
    }

    private Comparison AgainAgainstPlan()
    {
        string scenario = disk.Scenario("applied.yaml", Scenarios.AmyBob("ec-p256"));
        string folder = disk.Empty();
        ChildProcess.Output(folder, tool, "apply", scenario);
        return new Comparison("`apply` of amy-bob again", "`plan` of it", 1.1).Run(
            100, () => ChildProcess.Time(folder, tool, "apply", scenario), () => ChildProcess.Time(folder, tool, "plan", scenario));
    }

    private Comparison FilesAgainstReady()
    {
        const int leaves = 4_000;
        string scenario = disk.Scenario("ready.yaml", Scenarios.Fleet(leaves));
        string made = disk.Empty();
        ChildProcess.Output(made, tool, "apply", scenario, "-d", ".", "-q");
        var ready = new ReadyFiles(made);
        return new Comparison($"{leaves:N0} leaves, files on the disk", "the same files, ready-made", 1.6).Run(
            5,
            () => disk.InEmpty(folder => ChildProcess.Time(folder, tool, "apply", scenario, "-q")),
            () => disk.InEmpty(ready.Time));
    }

    private Comparison Mesh()
    {
        const int peers = 40;
        const int handshakes = peers * (peers - 1) * 2;
        string scenario = disk.Scenario("mesh.yaml", Scenarios.Mesh(peers));
        string folder = disk.Empty();
        using var bare = new BareHandshakes();
        return new Comparison($"`test` of a mesh of {peers}, {handshakes:N0} handshakes", "as many bare pairs of SslStream", 1.3).Run(
            5, () => ChildProcess.Time(folder, tool, "test", scenario, "-q"), () => bare.Time(handshakes));
    }

    private Comparison FilesAgainstBound(WorkPlace place, string where, double? limit)
    {
        string scenario = place.Scenario("fleet.yaml", Scenarios.Fleet(Fleet));
        return new Comparison($"{Fleet:N0} leaves, files in {where}", "the bound", limit).Run(
            5,
            () => place.InEmpty(folder => ChildProcess.Time(folder, tool, "apply", scenario, "-q")),
            () => Bound.Time(Fleet));
    }

    /// <summary>A store costs some milliseconds, for a password is to be slow to try.</summary>
    private Comparison StoresAgainstNone()
    {
        const int count = 1_000;
        string plain = memory.Scenario("plain.yaml", Scenarios.Fleet(count));
        string stores = memory.Scenario("stores.yaml", Scenarios.Fleet(count).Replace("request: false", "request: false, formats: [p12]", StringComparison.Ordinal));
        return new Comparison($"{count:N0} leaves with a PKCS#12 each", "without", null).Run(
            5,
            () => memory.InEmpty(folder => ChildProcess.Time(folder, tool, "apply", stores, "-q")),
            () => memory.InEmpty(folder => ChildProcess.Time(folder, tool, "apply", plain, "-q")));
    }

    /// <summary>The keys of a seed are looked for by c2sp.org/det-keygen, without OpenSSL's tables.</summary>
    private Comparison SeededAgainstDrawn(string key)
    {
        string scenario = disk.Scenario($"amy-bob-{key}.yaml", Scenarios.AmyBob(key));
        string seed = disk.Scenario("seed", "the seed of the benchmarks");
        return new Comparison($"`apply` of amy-bob, {key}, with a seed", "without", 2.5).Run(
            30,
            () => ChildProcess.Time(disk.Settled(), tool, "apply", scenario, "-q", "--insecure-seed", seed, "--epoch", "2026-01-01T00:00:00Z"),
            () => ChildProcess.Time(disk.Settled(), tool, "apply", scenario, "-q"));
    }

    private Comparison PostQuantumFleet()
    {
        const int count = 1_000;
        string classic = memory.Scenario("classic.yaml", Scenarios.Fleet(count));
        string quantum = memory.Scenario("quantum.yaml", Scenarios.Fleet(count).Replace("ec-p256", "ml-dsa-65", StringComparison.Ordinal));
        return new Comparison($"{count:N0} ML-DSA-65 leaves", "ec-p256", null).Run(
            5,
            () => memory.InEmpty(folder => ChildProcess.Time(folder, tool, "apply", quantum, "-q")),
            () => memory.InEmpty(folder => ChildProcess.Time(folder, tool, "apply", classic, "-q")));
    }

    private static Comparison MemoryAgainstBound()
    {
        Plan plan = Planner.For(ScenarioLoader.Parse(Scenarios.Fleet(Fleet)));
        string fleet = plan.Certificates.Single(certificate => certificate.Replicas is not null).Stem;
        return new Comparison($"{Fleet:N0} leaves in memory", "the bound", 1.25).Run(
            5,
            () => Comparison.Time(() =>
            {
                using PlanIssuer issued = PlanIssuer.Issue(plan, static _ => throw new NotSupportedException(), TimeProvider.System.GetUtcNow());
                issued.Fleet(fleet).Issue(static _ => { }, CancellationToken.None);
            }),
            () => Bound.Time(Fleet));
    }

    private Comparison LargeAgainstSmall()
    {
        string small = memory.Scenario("small.yaml", Scenarios.Fleet(Fleet));
        string large = memory.Scenario("large.yaml", Scenarios.Fleet(LargeFleet));
        long peak = 0;
        Comparison row = new Comparison($"{LargeFleet:N0} leaves, files in /dev/shm", $"{Fleet:N0} leaves", 11).Run(
            3,
            () => memory.InEmpty(folder =>
            {
                (TimeSpan time, long bytes) = ChildProcess.TimeAndPeak(folder, tool, "apply", large, "-q");
                peak = Math.Max(peak, bytes);
                return time;
            }),
            () => memory.InEmpty(folder => ChildProcess.Time(folder, tool, "apply", small, "-q")));
        NotePeak($"{LargeFleet:N0} leaves (at most 200 MiB)", peak);
        return row;
    }

    private Comparison AgainAgainstBound()
    {
        string scenario = memory.Scenario("again.yaml", Scenarios.Fleet(Fleet));
        string folder = memory.Empty();
        ChildProcess.Output(folder, tool, "apply", scenario, "-q");
        return new Comparison($"`apply` again on {Fleet:N0} leaves there", "the bound", 1.4).Run(
            5, () => ChildProcess.Time(folder, tool, "apply", scenario, "-q"), () => Bound.Time(Fleet));
    }

    private Comparison AgainstPeer(Peer peer, int leaves, int runs)
    {
        string scenario = disk.Scenario($"peer-{leaves}.yaml", Scenarios.Fleet(leaves));
        return new Comparison($"a CA and {leaves:N0} leaves", peer.Name, null).Run(
            runs,
            () => disk.InEmpty(folder => ChildProcess.Time(folder, tool, "apply", scenario, "-q")),
            () => disk.InEmpty(folder => peer.Time(folder, leaves)));
    }
}
