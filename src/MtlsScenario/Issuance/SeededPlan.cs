using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Seeding;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>
/// A plan whose keys come of a seed. Where a serial number would be drawn it comes of what the certificate says, so that it is
/// planned: written into the plan or, of the replicas of a fleet, told one by one.
/// </summary>
internal sealed class SeededPlan
{
    private readonly KeySeed _seed;
    private readonly Dictionary<string, SigningIdentity> _authorities = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CertificateEncoder> _fleets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset From, DateTimeOffset Until)> _validities = new(StringComparer.Ordinal);

    /// <param name="plan">The plan, with written dates.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="epoch">The moment that stands for now, UTC.</param>
    /// <param name="external">The certificate of an external authority; null where it cannot be had.</param>
    public SeededPlan(Plan plan, KeySeed seed, DateTimeOffset epoch, Func<PlannedCertificate, ParsedCertificate?> external)
    {
        (_seed, Epoch) = (seed, epoch);
        PlannedCertificate[] single = [.. plan.Certificates.Where(planned => planned is { IsExternal: false, Replicas: null })];
        seed.Prepare(single.Select(planned => (planned.Stem, planned.Key!.Value)));
        Plan = plan with
        {
            Certificates = [.. plan.Certificates.Select(planned => With(planned, external))],
            CrlSteps = [.. plan.CrlSteps.Select(final => final.Step is SignCrl sign ? final with { Step = With(sign) } : final)],
        };
    }

    /// <summary>The moment that stands for now, UTC.</summary>
    public DateTimeOffset Epoch { get; }

    /// <summary>The plan with the serial numbers.</summary>
    public Plan Plan { get; }

    /// <summary>What of a scenario is counted from a moment, so that with a seed an epoch is needed; null where all dates are written.</summary>
    public static string? FirstRelative(Scenario scenario) => scenario.FirstRelative()
        ?? (Planner.For(scenario).CrlSteps.Select(final => final.Step).OfType<SignCrl>().FirstOrDefault() is { } crl ? $"the CRL of {crl.Issuer.Name}" : null);

    /// <summary>The serial number of a replica's certificate; null where its authority's certificate cannot be had.</summary>
    public BigInteger? SerialOf(PlannedCertificate fleet, int number)
    {
        if (!_authorities.TryGetValue(fleet.Issuer!, out SigningIdentity? issuer))
        {
            return null;
        }

        using PrivateKey key = _seed.Key(fleet.Member(number).Stem, fleet.Key!.Value);
        return _fleets.GetOrAdd(fleet.Stem, _ => new CertificateEncoder(fleet.Template!, issuer, DateTimeOffset.UnixEpoch, _seed)).SerialOf(key.SubjectPublicKeyInfo.Span, number);
    }

    /// <summary>The list with written dates: of one that lasts as long as its authority that is known now.</summary>
    private SignCrl With(SignCrl sign) => sign with
    {
        Signer = With(sign.Signer),
        Template = sign.Template.Validity is null && _validities.TryGetValue(sign.Issuer.Name, out (DateTimeOffset From, DateTimeOffset Until) authority)
            ? sign.Template with
            {
                Validity = new Lifetime(new TimePoint.Instant(Epoch), new TimePoint.Instant(CrlTemplate.EndFor(authority, Epoch))),
            }
            : sign.Template,
    };

    private IssuerFiles With(IssuerFiles issuer) =>
        issuer with { Algorithm = issuer.Algorithm ?? _authorities.GetValueOrDefault(issuer.Name)?.Algorithm };

    private PlannedCertificate With(PlannedCertificate planned, Func<PlannedCertificate, ParsedCertificate?> external)
    {
        if (planned.IsExternal)
        {
            if (external(planned) is { KeyDescription.Algorithm: { } algorithm } found)
            {
                _authorities[planned.Stem] = new(found.Subject.Der, found.SubjectKeyIdentifier, algorithm, found.SubjectPublicKeyInfo);
                _validities[planned.Stem] = (found.NotBefore, found.NotAfter);
            }

            return planned;
        }

        planned = planned with { Steps = [.. planned.Steps.Select(step => step is SignCertificate sign ? sign with { Issuer = With(sign.Issuer) } : step)] };
        if (planned.Replicas is not null)
        {
            return planned;
        }

        using PrivateKey key = _seed.Key(planned.Stem, planned.Key!.Value);
        CertificateTemplate template = planned.Template!;
        SigningIdentity? issuer = planned.IsSelfSigned
            ? SigningIdentity.ForItself(NameEncoder.Encode(template.Subject), key)
            : _authorities.GetValueOrDefault(planned.Issuer!);
        if (planned.IsAuthority)
        {
            _validities[planned.Stem] = (template.Validity.From.At(Epoch), template.Validity.Until.At(Epoch));
            bool isNamed = template.Extensions.Any(extension => extension is PlannedExtension.SubjectKeyIdentifier);
            _authorities[planned.Stem] = SigningIdentity.ForItself(NameEncoder.Encode(template.Subject), key) is var own && isNamed ? own : own with { KeyIdentifier = null };
        }

        if (template.Serial is not SerialNumber.Random || issuer is null)
        {
            return planned;
        }

        var encoder = new CertificateEncoder(template, issuer, DateTimeOffset.UnixEpoch, _seed);
        CertificateTemplate numbered = template with { Serial = new SerialNumber.Fixed(encoder.SerialOf(key.SubjectPublicKeyInfo.Span, number: null)) };
        return planned with
        {
            Template = numbered,
            Steps =
            [
                .. planned.Steps.Select(step => step switch
                {
                    SelfSign self => self with { Template = numbered },
                    SignCertificate sign => sign with { Template = numbered },
                    _ => step,
                }),
            ],
        };
    }
}
