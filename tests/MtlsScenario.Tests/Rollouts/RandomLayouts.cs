using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tests.Planning;

namespace MtlsScenario.Tests.Rollouts;

/// <summary>Pairs of layouts of up to five parties, of which the second is the first after a few changes: the same for the same seed.</summary>
internal static class RandomLayouts
{
    private static readonly ImmutableArray<string> Roots = ["red", "green", "blue"];

    /// <summary>A pair whose layouts both hold: what a connection comes to in both is what is expected of it, and others are left out.</summary>
    public static async Task<(Scenario Old, Scenario New)> CreateAsync(int seed)
    {
#pragma warning disable CA5394 // It chooses a layout, not a key.
        var random = new Random(seed);
        bool Happens(int percent) => random.Next(100) < percent;
        T One<T>(ImmutableArray<T> items) => items[random.Next(items.Length)];
#pragma warning restore CA5394
        ImmutableArray<Authority> authorities = [.. Roots.Select(root => AmyBob.Authority(root)), .. Roots.Select(root => AmyBob.Authority($"below_{root}", root))];
        int count = 2 + (seed % 4);
        ImmutableArray<string> Some() => [.. Roots.Where(_ => Happens(55))];
        string Issuer() => (Happens(30) ? "below_" : "") + One(Roots);
        PartyCertificate Peer(string name) => AmyBob.Certificate(Role.Peer, name, Issuer(), [.. Some()]) with
        {
            Admits = Happens(25) ? [.. Enumerable.Range(0, count).Where(_ => Happens(60)).Select(index => new AdmissionPattern(null, $"p{index}"))] : null,
            MinimumTls = Happens(20) ? TlsVersion.Tls13 : TlsVersion.Tls12,
        };
        Party Named(PartyCertificate use, string name) => new() { Name = name, Certificates = [use with { Certificate = use.Certificate with { ExtendedKeyUsage = [KeyPurpose.ServerAuth, KeyPurpose.ClientAuth], Names = [.. Names(name)] } }] };
        IEnumerable<GeneralName> Names(string name)
        {
            yield return new GeneralName(GeneralNameKind.Dns, name + ".old");
            if (Happens(50))
            {
                yield return new GeneralName(GeneralNameKind.Dns, name + ".new");
            }
        }

        string[] names = [.. Enumerable.Range(0, count).Select(index => string.Create(CultureInfo.InvariantCulture, $"p{index}"))];
        ImmutableArray<Party> before = [.. names.Select(name => Named(Peer(name), name))];
        ImmutableArray<Party> after =
        [
            .. before.Select(party =>
            {
                PartyCertificate use = party.Certificates[0];
                use = Happens(50) ? use with { Trusts = Happens(50) ? [.. use.Trusts.Union(Some())] : Some() } : use;
                use = Happens(40) ? use with { Certificate = use.Certificate with { Issuer = Issuer() } } : use;
                use = Happens(25) ? use with { Certificate = use.Certificate with { Names = [.. Names(party.Name).Reverse().Take(1)] } } : use;
                use = Happens(20) ? use with { MinimumTls = TlsVersion.Tls13 } : use;
                return party with { Certificates = [Happens(20) ? use with { Admits = Peer(party.Name).Admits } : use] };
            }),
        ];
        Connection[] calls =
        [
            .. from caller in names
               from called in names
               where caller != called && Happens(60)
               select new Connection { From = new(caller), To = new(called), Host = called + ".old", Tls = Happens(30) ? TlsVersion.Tls12 : null },
        ];
        Connection[] later = [.. calls.Select(call => call with { Host = Happens(30) ? call.To.Party + ".new" : call.Host, Tls = Happens(30) ? null : call.Tls })];
        return await HoldingAsync(
            new Scenario { Name = "old", Authorities = authorities, Parties = before, Connections = [.. calls] },
            new Scenario { Name = "new", Authorities = authorities, Parties = after, Connections = [.. later] });
    }

    private static async Task<(Scenario Old, Scenario New)> HoldingAsync(Scenario old, Scenario made)
    {
        using var run = new RolloutRun(old, made);
        ImmutableArray<bool?> before = await ComesToAsync(run.Old.Scenario, run.Old.Artifacts);
        ImmutableArray<bool?> after = await ComesToAsync(run.New.Scenario, run.New.Artifacts);
        Scenario Kept(Scenario scenario) => scenario with
        {
            Connections =
            [
                .. scenario.Connections.Where((_, index) => before[index] is { } accepted && after[index] == accepted)
                    .Select(connection => connection with
                    {
                        Expect = before[scenario.Connections.IndexOf(connection)] == true ? Outcome.Accepted : Outcome.Rejected,
                    }),
            ],
        };
        return (Kept(old), Kept(made));
    }

    /// <summary>Of each connection, whether it is accepted on all versions; null where it is on some.</summary>
    private static async Task<ImmutableArray<bool?>> ComesToAsync(Scenario scenario, FolderArtifacts artifacts)
    {
        ImmutableArray<TrialResult> results = await new TrialRunner(artifacts, RolloutRun.Stack).RunAsync(TrialSet.Of(scenario), () => { }, CancellationToken.None);
        return
        [
            .. scenario.Connections.Select(connection =>
            {
                TrialResult[] own = [.. results.Where(result => ReferenceEquals(result.Trial.Connection, connection))];
                return own.All(result => result.Verdict is Verdict.Accepted) ? true : own.All(result => result.Verdict is Verdict.Rejected) ? false : (bool?)null;
            }),
        ];
    }
}
