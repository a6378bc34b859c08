using MtlsScenario.Planning;
using MtlsScenario.Seeding;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>
/// A plan that was issued in memory: its authorities and single certificates at once, the replicas of a fleet as they
/// are asked for. It owns all keys.
/// </summary>
internal sealed class PlanIssuer : IDisposable
{
    private readonly Dictionary<string, MadeCertificate> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IssuingAuthority> _authorities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplicaIssuer> _fleets = new(StringComparer.Ordinal);

    private readonly KeySeed? _seed;

    private PlanIssuer(DateTimeOffset now, KeySeed? seed)
    {
        (Now, _seed) = (now, seed);
    }

    /// <summary>The moment of issuance, UTC.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Issues a plan.</summary>
    /// <param name="plan">What is to be made.</param>
    /// <param name="external">The certificate and, if it has one, the key of an external authority; owned from then on.</param>
    /// <param name="now">The moment of issuance, UTC.</param>
    /// <param name="seed">From which keys and serial numbers come, and the plan's are; null to draw them.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">An external authority's key is missing or is not that of its certificate.</exception>
    public static PlanIssuer Issue(
        Plan plan, Func<PlannedCertificate, MadeCertificate> external, DateTimeOffset now, KeySeed? seed = null, CancellationToken cancellationToken = default)
    {
        using var keys = new KeySupply(
            from planned in plan.Certificates
            where planned is { IsExternal: false, Replicas: null }
            select (planned.Stem, planned.Key!.Value), seed);
        var issued = new PlanIssuer(now, seed);
        try
        {
            foreach (PlannedCertificate planned in plan.Certificates)
            {
                cancellationToken.ThrowIfCancellationRequested();
                issued.Add(planned, external, keys, cancellationToken);
            }

            return issued;
        }
        catch
        {
            issued.Dispose();
            throw;
        }
    }

    /// <summary>The certificate with this stem.</summary>
    /// <exception cref="KeyNotFoundException">There is none, or it is a fleet's.</exception>
    public MadeCertificate this[string stem] => _made[stem];

    /// <summary>The fleet with this stem.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ReplicaIssuer Fleet(string stem) => _fleets[stem];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable owned in _fleets.Values.Concat<IDisposable>(_made.Values))
        {
            owned.Dispose();
        }
    }

    private void Add(PlannedCertificate planned, Func<PlannedCertificate, MadeCertificate> external, KeySupply keys, CancellationToken cancellationToken)
    {
        if (planned.Replicas is not null)
        {
            _fleets.Add(planned.Stem, new ReplicaIssuer(planned, IssuerOf(planned), Now, _seed));
            return;
        }

        MadeCertificate made = planned switch
        {
            { IsExternal: true } => external(planned),
            { IsSelfSigned: true } => SelfSign(planned, keys, cancellationToken),
            _ => Sign(planned, keys, cancellationToken),
        };
        _made.Add(planned.Stem, made);
        if (planned.IsAuthority && made.Key is { } key)
        {
            key.IsDeterministic = _seed is not null;
            _authorities.Add(planned.Stem, AuthorityOf(made, key));
        }
    }

    private MadeCertificate SelfSign(PlannedCertificate planned, KeySupply keys, CancellationToken cancellationToken)
    {
        PrivateKey key = keys.Take(planned.Stem, planned.Key!.Value, cancellationToken);
        return new MadeCertificate(planned, number: null, key, new NativeIssuer().SelfSign(planned.Template!, key, Now));
    }

    private MadeCertificate Sign(PlannedCertificate planned, KeySupply keys, CancellationToken cancellationToken) => new IssuingWorker(planned, IssuerOf(planned), Now, _seed)
        .Make(keys.Take(planned.Stem, planned.Key!.Value, cancellationToken), number: null);

    private IssuingAuthority IssuerOf(PlannedCertificate planned) =>
        _authorities.TryGetValue(planned.Issuer!, out IssuingAuthority? issuer)
            ? issuer
            : throw new ArgumentException(
                $"Authority \"{planned.Issuer}\" is external and issues \"{planned.Stem}\": its private key must be supplied too.");

    private static IssuingAuthority AuthorityOf(MadeCertificate made, PrivateKey key) =>
        ParsedCertificate.TryParse(made.Certificate, out ParsedCertificate? certificate)
            ? new IssuingAuthority(certificate, key)
            : throw new ArgumentException($"The certificate of authority \"{made.Planned.Stem}\" cannot be read.");
}
