using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Graphs;

/// <summary>
/// Numbers the steps of a plan as the article does: a root's key and certificate are one step, and what is handed over is
/// said with the step after which it is (also where everybody shares a folder, since one who is not there needs it).
/// </summary>
internal sealed class StepNumbering
{
    /// <summary>More than so many in a sentence are counted.</summary>
    private const int MostNamed = 60;

    private readonly Plan _plan;
    private readonly ImmutableArray<GraphStep>.Builder _steps = ImmutableArray.CreateBuilder<GraphStep>();

    private StepNumbering(Plan plan) => _plan = plan;

    /// <summary>The steps of a plan, numbered from 1.</summary>
    public static ImmutableArray<GraphStep> Of(Plan plan)
    {
        var numbering = new StepNumbering(plan);
        foreach (PlannedCertificate certificate in plan.Certificates)
        {
            foreach (PlanStep step in certificate.Steps)
            {
                numbering.Add(certificate, step);
            }
        }

        foreach (FinalStep final in plan.FinalSteps.Concat(plan.CrlSteps))
        {
            numbering.Add(plan[final.Stem], final.Step);
        }

        return numbering._steps.ToImmutable();
    }

    private void Add(PlannedCertificate certificate, PlanStep step)
    {
        if (step is HandOver || (step is GenerateKey && certificate.IsSelfSigned))
        {
            return;
        }

        (string action, ImmutableArray<string> handsOver) = step switch
        {
            SelfSign sign => ($"creates its key {sign.KeyFile} and signs its certificate {sign.CertificateFile} with it", ToTrusting(certificate)),
            GenerateKey key => ($"generates {key.KeyFile} ({KeyNames.Of(key.Algorithm)})", []),
            RequestCertificate request => ($"requests a certificate: {request.RequestFile}", Sent(certificate, request)),
            SignCertificate sign => ($"signs {sign.CertificateFile}", Returned(certificate, sign)),
            WriteChain chain => ($"puts {List(chain.CertificateFiles)} into {chain.ChainFile}", []),
            SignCrl sign => ($"signs its certificate revocation list {sign.CrlFile}", []),
            WriteCrls write => ($"puts the lists that it checks against, {List(write.CrlFiles)}, into {write.BundleFile}", []),
            WriteAnchors anchors => ($"puts what it trusts, {List(anchors.CertificateFiles)}, into {anchors.AnchorsFile}", ImmutableArray<string>.Empty),
            WriteFormat format => ($"writes {List(format.Inputs)} as {format.FormatFile}", []),
            _ => throw new UnreachableException(),
        };
        _steps.Add(new GraphStep(_steps.Count + 1, certificate.Stem, ActorOf(certificate, step), action, handsOver));
    }

    private string ActorOf(PlannedCertificate certificate, PlanStep step)
    {
        string actor = Name(step.Actor);
        if (step is SignCertificate sign)
        {
            string self = _plan[sign.Issuer.Name].Holder.IsAuthority ? actor : $"{actor} as {sign.Issuer.Name}";
            return step.Actor == certificate.Holder ? self : $"{self}, on behalf of {Name(certificate.Holder)}";
        }

        return (certificate.Role, certificate.Holder.IsAuthority) switch
        {
            ({ } role, _) => $"{actor}, {FileNames.RoleName(role)} side",
            (null, true) => actor,
            (null, false) => $"{actor} as {certificate.Stem}",
        };
    }

    private ImmutableArray<string> Sent(PlannedCertificate certificate, RequestCertificate request)
    {
        Actor issuer = _plan[certificate.Issuer!].Holder;
        return issuer == certificate.Holder ? [] : [$"sends {request.RequestFile} to {Name(issuer)}"];
    }

    private ImmutableArray<string> Returned(PlannedCertificate certificate, SignCertificate sign)
    {
        // The issuer has the intermediates above, whoever runs them, and gives them along.
        string[] given =
        [
            .. sign.Actor == certificate.Holder ? Enumerable.Empty<string>() : [sign.CertificateFile],
            .. certificate.Intermediates.Select(stem => _plan[stem])
                .Where(intermediate => intermediate.Holder != certificate.Holder)
                .Select(intermediate => intermediate.Files.Certificate),
        ];
        ImmutableArray<string> back = given.Length == 0 ? [] : [$"sends {List(given)} to {Name(certificate.Holder)}"];
        return certificate.IsAuthority ? [.. back, .. ToTrusting(certificate)] : back;
    }

    /// <summary>The authority's certificate goes to those who trust it.</summary>
    private ImmutableArray<string> ToTrusting(PlannedCertificate authority)
    {
        string[] holders =
        [
            .. _plan.TrustedBy(authority.Stem)
                .Where(other => other.Holder != authority.Holder)
                .Select(other => Name(other.Holder))
                .Distinct(StringComparer.Ordinal),
        ];
        string trusts = holders.Length == 1 ? "who trusts it" : "who trust it";
        return holders.Length == 0 ? [] : [$"gives {authority.Files.Certificate} to {List(holders)}, {trusts}"];
    }

    private static string Name(Actor actor) => actor.Replicas is { } count
        ? string.Create(CultureInfo.InvariantCulture, $"each of {count} {actor.Name}")
        : actor.Name;

    private static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 or 1 => string.Concat(items),
        > MostNamed => string.Create(CultureInfo.InvariantCulture, $"{items[0]}, {items[1]} … {items[^1]} ({items.Count} in all)"),
        _ => $"{string.Join(", ", items.SkipLast(1))} and {items[^1]}",
    };
}
