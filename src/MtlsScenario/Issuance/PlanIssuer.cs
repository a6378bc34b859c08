using MtlsScenario.Planning;
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
    private readonly Dictionary<string, FleetIssuer> _fleets = new(StringComparer.Ordinal);

    private PlanIssuer(DateTimeOffset now)
    {
        Now = now;
    }

    /// <summary>The moment of issuance, UTC.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Issues a plan.</summary>
    /// <param name="plan">What is to be made.</param>
    /// <param name="external">The certificate and, if it has one, the key of an external authority; owned from then on.</param>
    /// <param name="now">The moment of issuance, UTC.</param>
    /// <exception cref="ArgumentException">An external authority's key is missing or is not that of its certificate.</exception>
    public static PlanIssuer Issue(Plan plan, Func<PlannedCertificate, MadeCertificate> external, DateTimeOffset now)
    {
        using var keys = new KeySupply(
            from wish in plan.Certificates
            where wish is { IsExternal: false, Replicas: null }
            select (wish.Stem, wish.Key!.Value));
        var issued = new PlanIssuer(now);
        try
        {
            foreach (PlannedCertificate wish in plan.Certificates)
            {
                issued.Add(wish, external, keys);
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
    public FleetIssuer Fleet(string stem) => _fleets[stem];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable owned in _fleets.Values.Concat<IDisposable>(_made.Values))
        {
            owned.Dispose();
        }
    }

    private void Add(PlannedCertificate wish, Func<PlannedCertificate, MadeCertificate> external, KeySupply keys)
    {
        if (wish.Replicas is not null)
        {
            _fleets.Add(wish.Stem, new FleetIssuer(wish, IssuerOf(wish), Now));
            return;
        }

        MadeCertificate made = wish switch
        {
            { IsExternal: true } => external(wish),
            { IsSelfSigned: true } => SelfSign(wish, keys),
            _ => Sign(wish, keys),
        };
        _made.Add(wish.Stem, made);
        if (wish.IsAuthority && made.Key is { } key)
        {
            _authorities.Add(wish.Stem, AuthorityOf(made, key));
        }
    }

    private MadeCertificate SelfSign(PlannedCertificate wish, KeySupply keys)
    {
        PrivateKey key = keys.Take(wish.Stem, wish.Key!.Value, CancellationToken.None);
        return new MadeCertificate(wish, number: null, key, new NativeIssuer().SelfSign(wish.Template!, key, Now));
    }

    private MadeCertificate Sign(PlannedCertificate wish, KeySupply keys)
    {
        using var worker = new IssuingWorker(wish, IssuerOf(wish), Now);
        return worker.Make(keys.Take(wish.Stem, wish.Key!.Value, CancellationToken.None), number: null);
    }

    private IssuingAuthority IssuerOf(PlannedCertificate wish) =>
        _authorities.TryGetValue(wish.Issuer!, out IssuingAuthority? issuer)
            ? issuer
            : throw new ArgumentException(
                $"Authority \"{wish.Issuer}\" is external and issues \"{wish.Stem}\": its private key must be supplied too.");

    private static IssuingAuthority AuthorityOf(MadeCertificate made, PrivateKey key) =>
        ParsedCertificate.TryParse(made.Certificate, out ParsedCertificate? certificate)
            ? new IssuingAuthority(certificate, key)
            : throw new ArgumentException($"The certificate of authority \"{made.Wish.Stem}\" cannot be read.");
}
