using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MtlsScenario.Issuance;
using MtlsScenario.Layouts;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Seeding;
using MtlsScenario.X509;

namespace MtlsScenario;

/// <summary>
/// A scenario whose keys and certificates were made in memory, the disk untouched. It owns every key and certificate that
/// it gives; dispose of it when the last connection that uses them is closed. Safe to use from several threads.
/// </summary>
/// <example>
/// <code>
/// using IssuedScenario issued = IssuedScenario.Issue(ScenarioLoader.Load("amy-bob.yaml"));
/// X509Certificate2 server = issued.Certificate("bob", Role.Server).Certificate;
/// </code>
/// </example>
public sealed class IssuedScenario : IDisposable
{
    private readonly Plan _plan;
    private readonly PlanIssuer _issued;
    private readonly Lazy<ImmutableDictionary<string, X509Certificate2>> _authorities;
    private readonly ConcurrentDictionary<string, Lazy<IssuedCertificate>> _given = new(StringComparer.Ordinal);

    private readonly KeySeed? _seed;

    private IssuedScenario(Scenario scenario, Plan plan, PlanIssuer issued, KeySeed? seed)
    {
        (Scenario, _plan, _issued, _seed) = (scenario, plan, issued, seed);
        _authorities = new(() => _plan.Certificates
            .Where(planned => planned.IsAuthority)
            .ToImmutableDictionary(
                planned => planned.Stem,
                planned => X509CertificateLoader.LoadCertificate(_issued[planned.Stem].Certificate.Span)));
    }

    /// <summary>What was issued.</summary>
    public Scenario Scenario { get; }

    /// <summary>
    /// Makes the keys and certificates of a scenario. Those of a party with replicas are made as they are asked for.
    /// </summary>
    /// <param name="scenario">A scenario that was loaded (<see cref="ScenarioLoader"/>) or built in code.</param>
    /// <param name="options">The clock, and the external authorities; the system's and none by default.</param>
    /// <exception cref="InvalidScenarioException">It was built in code, and has faults: those that a file could have.</exception>
    /// <exception cref="ArgumentException">
    /// An external authority is not supplied, cannot be read, or issues and its key is missing or another's. The seed is too short,
    /// or there is one without an epoch, and a date of the scenario is counted from issuance; or an epoch and no seed.
    /// </exception>
    public static IssuedScenario Issue(Scenario scenario, IssuingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        options ??= new IssuingOptions();
        DateTimeOffset now = options.Time.GetUtcNow();
        BuiltScenario.Check(scenario, now);
        if (options.InsecureSeed is not { } secret)
        {
            return options.Epoch is null
                ? Issue(scenario, Planner.For(scenario), options, now, seed: null)
                : throw new ArgumentException($"An {nameof(IssuingOptions.Epoch)} is for an {nameof(IssuingOptions.InsecureSeed)}.", nameof(options));
        }

        if (options.Epoch is null && SeededPlan.FirstRelative(scenario) is { } relative)
        {
            throw new ArgumentException($"{relative} is counted from issuance: with a seed that needs an {nameof(IssuingOptions.Epoch)}.", nameof(options));
        }

        var epoch = DateTimeOffset.FromUnixTimeSeconds((options.Epoch ?? now).ToUnixTimeSeconds());
        var seed = new KeySeed(secret.Span);
        Scenario written = scenario.At(epoch);
        Plan plan = new SeededPlan(Planner.For(written), seed, epoch, planned => SuppliedCertificate(planned, options)).Plan;
        return Issue(written, plan, options, epoch, seed);
    }

    private static IssuedScenario Issue(Scenario scenario, Plan plan, IssuingOptions options, DateTimeOffset now, KeySeed? seed) =>
        new(scenario, plan, PlanIssuer.Issue(plan, planned => Supplied(planned, options), now, seed), seed);

    /// <summary>The certificate of an authority.</summary>
    /// <param name="name">The authority's name.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public IssuedCertificate Authority(string name) => Given(FileNames.Stem(Scenario.Authority(name)), replica: null);

    /// <summary>The certificate with which a party plays a role.</summary>
    /// <param name="party">The party's name.</param>
    /// <param name="role">Which of its certificates.</param>
    /// <exception cref="KeyNotFoundException">There is no such party, or it has no such certificate.</exception>
    /// <exception cref="ArgumentException">The party has replicas.</exception>
    public IssuedCertificate Certificate(string party, Role role)
    {
        PlannedCertificate planned = Find(party, role);
        return planned.Replicas is null
            ? Given(planned.Stem, replica: null)
            : throw new ArgumentException($"Party \"{party}\" has {planned.Replicas.Count} replicas: say which.", nameof(party));
    }

    /// <summary>The certificate with which one replica of a party plays a role. It is made when first asked for, and kept.</summary>
    /// <param name="party">The party's name.</param>
    /// <param name="role">Which of its certificates.</param>
    /// <param name="replica">The number, from 1.</param>
    /// <exception cref="KeyNotFoundException">There is no such party, or it has no such certificate.</exception>
    /// <exception cref="ArgumentException">The party has no replicas.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It has fewer than that.</exception>
    public IssuedCertificate Certificate(string party, Role role, int replica)
    {
        PlannedCertificate planned = Find(party, role);
        if (planned.Replicas is not { } replicas)
        {
            throw new ArgumentException($"Party \"{party}\" has no replicas.", nameof(party));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(replica, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(replica, replicas.Count);
        return Given(planned.Stem, replica);
    }

    /// <summary>
    /// Makes the certificates of all replicas of a party on all cores, and keeps none: memory does not grow with their
    /// number. A replica that was asked for before is given as it was.
    /// </summary>
    /// <param name="party">The party's name.</param>
    /// <param name="role">Which of its certificates.</param>
    /// <param name="each">
    /// Given each, in any order, also by several threads at once; what it is given is disposed of when it returns.
    /// </param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="KeyNotFoundException">There is no such party, or it has no such certificate.</exception>
    /// <exception cref="ArgumentException">The party has no replicas.</exception>
    /// <exception cref="AggregateException"><paramref name="each"/> threw.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public void ForEachReplica(
        string party, Role role, Action<IssuedCertificate> each, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(each);
        PlannedCertificate planned = Find(party, role);
        if (planned.Replicas is null)
        {
            throw new ArgumentException($"Party \"{party}\" has no replicas.", nameof(party));
        }

        _issued.Fleet(planned.Stem).Issue(
            made =>
            {
                var certificate = new IssuedCertificate(made, Use(planned), _authorities.Value);
                try
                {
                    each(certificate);
                }
                finally
                {
                    certificate.Release();
                }
            },
            cancellationToken);
    }

    /// <summary>
    /// Writes all files of the scenario, laid out as <c>mtls-scenario apply</c> does: keys for their owner alone, requests,
    /// certificates, chains and anchors. Replicas that were not asked for before are made for the folder only.
    /// </summary>
    /// <param name="folder">A folder that is empty or missing: nothing that is there is ever replaced.</param>
    /// <param name="cancellationToken">Ends it early; what was written by then stays.</param>
    /// <exception cref="IOException">The folder is not empty, or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public void WriteTo(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        MemoryArtifacts.Write(_plan, _issued, folder, _seed, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Lazy<IssuedCertificate> given in _given.Values.Where(given => given.IsValueCreated))
        {
            given.Value.Release();
        }

        if (_authorities.IsValueCreated)
        {
            foreach (X509Certificate2 authority in _authorities.Value.Values)
            {
                authority.Dispose();
            }
        }

        _issued.Dispose();
        _seed?.Dispose();
    }

    /// <summary>What the certificates say, in the words of the plan where they fulfil it.</summary>
    internal Layout Describe() => FoundLayout.InWordsOfPlan(_plan, new IssuedFiles(_plan, _issued).Read);

    private static MadeCertificate Supplied(PlannedCertificate planned, IssuingOptions options)
    {
        if (!options.ExternalAuthorities.TryGetValue(planned.Stem, out ExternalAuthority? supplied))
        {
            throw new ArgumentException(
                $"Authority \"{planned.Stem}\" is external: supply it in {nameof(IssuingOptions)}.{nameof(IssuingOptions.ExternalAuthorities)}.");
        }

        ParsedCertificate certificate = SuppliedCertificate(planned, options)
            ?? throw new ArgumentException($"The certificate of external authority \"{planned.Stem}\" cannot be read.");
        return new MadeCertificate(planned, number: null, ReadKey(planned.Stem, supplied.PrivateKeyPem), certificate.Der.ToArray());
    }

    private static ParsedCertificate? SuppliedCertificate(PlannedCertificate planned, IssuingOptions options) =>
        options.ExternalAuthorities.TryGetValue(planned.Stem, out ExternalAuthority? supplied)
        && ParsedCertificate.TryRead(Encoding.UTF8.GetBytes(supplied.CertificatePem), out ParsedCertificate? certificate)
            ? certificate
            : null;

    private static PrivateKey? ReadKey(string authority, string? pem)
    {
        if (pem is null)
        {
            return null;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(pem);
        KeyReadResult result = PrivateKey.ReadPem(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        string fault = $"The private key of external authority \"{authority}\" cannot be used:";
        return result switch
        {
            KeyReadResult.Read read => read.Key,
            KeyReadResult.Encrypted => throw new ArgumentException($"{fault} it is encrypted."),
            KeyReadResult.Unreadable unreadable => throw new ArgumentException($"{fault} {unreadable.Reason}."),
            KeyReadResult.UnsupportedAlgorithm other => throw new ArgumentException($"{fault} it is {other.Description}."),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private PlannedCertificate Find(string party, Role role)
    {
        Party found = Scenario.Party(party);
        return found.Find(role) is not null
            ? _plan[FileNames.Stem(found, role)]
            : throw new KeyNotFoundException($"Party \"{party}\" has no {FileNames.RoleName(role)} certificate.");
    }

    private PartyCertificate? Use(PlannedCertificate planned) => planned.Role is { } role
        ? Scenario.Party(planned.Holder.Name).Find(role)
        : null;

    private IssuedCertificate Given(string stem, int? replica) => _given.GetOrAdd(
        $"{stem} {replica}",
        _ => new Lazy<IssuedCertificate>(() => new IssuedCertificate(
            replica is { } number ? _issued.Fleet(stem)[number] : _issued[stem],
            Use(_plan[stem]),
            _authorities.Value))).Value;
}
