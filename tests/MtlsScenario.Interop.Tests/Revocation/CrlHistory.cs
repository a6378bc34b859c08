using System.Globalization;
using System.Numerics;
using MtlsScenario.Files;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Revocation;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Interop.Tests.Revocation;

/// <summary>
/// A folder that lives through what folders live through: parties come, go, are revoked and taken back, files are deleted, runs are
/// killed, the clock is set back. Of each run it is asked what must be true of CRLs whatever happened before.
/// </summary>
internal sealed class CrlHistory(int seed) : IDisposable
{
    private static readonly string[] _names = ["amy", "eve", "joe"];

    private readonly Random _random = new(seed);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mtls-scenario-crl-");
    private readonly HashSet<string> _there = [.. _names];
    private readonly HashSet<string> _revoked = [];
    private readonly HashSet<BigInteger> _ever = [];
    private readonly List<string> _log = [];
    private DateTimeOffset _now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private BigInteger _number;

    /// <summary>How many runs got to their end, and how many were killed.</summary>
    public (int Done, int Killed) Runs { get; private set; }

    /// <summary>How many certificates were ever revoked.</summary>
    public int Ever => _ever.Count;

    /// <summary>A file of the folder.</summary>
    public string At(string path) => Path.Combine(_folder.FullName, path);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Lives through some events, and ends with a run that gets to its end.</summary>
    public void Live(int events)
    {
        Apply(new ReconciliationOptions(), killedAfter: null);
        for (int index = 0; index < events; index++)
        {
            Happen();
        }

        Apply(new ReconciliationOptions(), killedAfter: null);
    }

    private void Happen()
    {
        string name = _names[_random.Next(_names.Length)];
        switch (_random.Next(8))
        {
            case 0:
                _log.Add($"revoke {name}");
                _revoked.Add(name);
                break;
            case 1:
                _log.Add($"take back {name}");
                _revoked.Remove(name);
                break;
            case 2:
                _log.Add($"drop or add {name}");
                if (!_there.Remove(name))
                {
                    _there.Add(name);
                }

                break;
            case 3:
                Delete();
                break;
            case 4:
                _now += TimeSpan.FromHours(_random.Next(-240, 960));
                _log.Add($"clock {_now:u}");
                break;
            case 5:
                Apply(new ReconciliationOptions(Renew: true), Moment());
                break;
            case 6:
                Apply(new ReconciliationOptions(NewKeys: [_there.Contains(name) ? $"{name}_client" : "bob_server"]), Moment());
                break;
            default:
                Apply(new ReconciliationOptions(), Moment());
                break;
        }
    }

    /// <summary>Half of the runs are killed, after some of what they make.</summary>
    private int? Moment() => _random.Next(2) == 0 ? null : _random.Next(4);

    /// <summary>Any one file but a key of an authority, whose loss stops every run, and never the last copy of the newest list.</summary>
    private void Delete()
    {
        string[] files = [.. _folder.GetFiles().Select(file => file.Name).Where(name => name is not ("ca.key" or "root.key")).Order(StringComparer.Ordinal)];
        string file = files[_random.Next(files.Length)];
        if (!file.EndsWith(".crl", StringComparison.Ordinal) || files.Any(other => other != file && NumbersIn(other).Contains(_number)))
        {
            _log.Add($"delete {file}");
            File.Delete(At(file));
        }
    }

    private void Apply(ReconciliationOptions options, int? killedAfter)
    {
        _log.Add($"apply {(options.Renew ? "--renew " : "")}{(options.NewKeys.IsDefault ? "" : options.NewKeys[0])}{(killedAfter is null ? "" : $" killed after {killedAfter}")}");
        Plan plan = Planner.For(ScenarioLoader.Parse(Scenario()));
        var reader = new FolderReader(_folder.FullName);
        Reconciliation reconciliation = Reconciler.Run(plan, reader, options, _now);
        Assert.True(reconciliation.Obstacles.IsEmpty, Story(string.Join('\n', reconciliation.Obstacles)));
        using var artifacts = new NativeArtifacts(reader, reconciliation);
        try
        {
            new FolderUpdater(reader, new FolderWriter(_folder.FullName), new MortalSource(artifacts, killedAfter ?? int.MaxValue)).Run(reconciliation, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            Runs = Runs with { Killed = Runs.Killed + 1 };
            Remember();
            return;
        }

        Runs = Runs with { Done = Runs.Done + 1 };
        BigInteger before = _number;
        Remember();
        ParsedCrl newest = Assert.Single(Lists("ca.crl"));
        Assert.True(newest.Number == _number && newest.Number >= before, Story($"the number is {newest.Number}, and was {before}"));
        HashSet<BigInteger> listed = [.. newest.Entries.Select(entry => entry.SerialNumber)];
        foreach (string name in _revoked.Where(_there.Contains))
        {
            _ever.Add(Certificate($"{name}_client.crt").SerialNumber);
        }

        Assert.True(_ever.IsSubsetOf(listed), Story($"on the list are {listed.Count} of {_ever.Count}"));
        Assert.True(listed.IsSubsetOf(_ever), Story("somebody is on the list who was never revoked"));
        foreach (string name in _there.Except(_revoked))
        {
            Assert.False(listed.Contains(Certificate($"{name}_client.crt").SerialNumber), Story($"{name} was taken back, and has what was revoked"));
        }

        Reconciliation after = Reconciler.Run(plan, reader, new ReconciliationOptions(), _now);
        Assert.False(after.HasWork, Story(string.Join('\n', after.FinalChanges.Select(final => $"{final.Output}: {final.Reason}"))));
    }

    /// <summary>Whatever was on a list that got into its place was revoked.</summary>
    private void Remember()
    {
        foreach (ParsedCrl crl in _folder.GetFiles("*.crl").SelectMany(file => Lists(file.Name)).Where(crl => crl.Issuer.ToString() == "/CN=ca"))
        {
            _number = BigInteger.Max(_number, crl.Number!.Value);
            _ever.UnionWith(crl.Entries.Select(entry => entry.SerialNumber));
        }
    }

    private IEnumerable<BigInteger?> NumbersIn(string file) =>
        file.EndsWith(".crl", StringComparison.Ordinal) ? Lists(file).Where(crl => crl.Issuer.ToString() == "/CN=ca").Select(crl => crl.Number) : [];

    private IEnumerable<ParsedCrl> Lists(string file) => ParsedCrl.ReadAll(File.ReadAllBytes(At(file))).Select(crl => crl!);

    private ParsedCertificate Certificate(string file) =>
        ParsedCertificate.TryRead(File.ReadAllBytes(At(file)), out ParsedCertificate? certificate) ? certificate : throw new InvalidDataException(file);

    private string Scenario() => $$"""
        name: x
        defaults: { key: ec-p256, revocation: crl, lifetime: 90d }
        authorities:
          root: { subject: /CN=root, lifetime: { from: 2020-01-01T00:00:00Z, until: 2040-01-01T00:00:00Z } }
          ca: { subject: /CN=ca, issuer: root, lifetime: { from: 2020-01-01T00:00:00Z, until: 2040-01-01T00:00:00Z }, crl: { lifetime: 30d } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, trusts: [root] } }
        {{string.Concat(_names.Where(_there.Contains).Select(name =>
            $"  {name}: {{ client: {{ subject: /CN={name}, issuer: ca, trusts: [root]{(_revoked.Contains(name) ? ", revoked: superseded" : "")} }} }}\n"))}}
        """;

    private string Story(string end) => string.Create(CultureInfo.InvariantCulture, $"history {seed}:\n{string.Join('\n', _log)}\n{end}");

    /// <summary>Makes a number of things, and is gone.</summary>
    private sealed class MortalSource(IArtifactSource inner, int most) : IArtifactSource
    {
        private int _made;

        public NewArtifacts Make(CertificateChange change, CancellationToken cancellationToken)
        {
            Live();
            return inner.Make(change, cancellationToken);
        }

        public byte[] Make(CrlOrder order, CancellationToken cancellationToken)
        {
            Live();
            return inner.Make(order, cancellationToken);
        }

        private void Live()
        {
            if (_made++ >= most)
            {
                throw new OperationCanceledException("killed");
            }
        }
    }
}
