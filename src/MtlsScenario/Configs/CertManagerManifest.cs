using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>
/// A party's certificate, the authorities above it and its trust anchors as cert-manager and trust-manager are told of them. Their
/// certificates are those that the cluster issues, so what would not come out as the scenario says is refused.
/// </summary>
internal static class CertManagerManifest
{
    private const string SelfSigned = "selfsigned";

    /// <summary>The manifests in one file, or why cert-manager cannot make the certificates.</summary>
    public static ConfigOutcome Of(PartySettings party, string name)
    {
        CertificationPath path = party.Certification!;
        ImmutableArray<(string Who, CertificateSpecification? What)> all = [(path.Stem, path.Certificate.Certificate), .. path.Above.Select(authority => (authority.Name, authority.Certificate))];
        if (all.Select((entry, index) => CertManagerLimits.Fault(entry.Who, entry.What, IssuerKey(all, index))).FirstOrDefault(fault => fault is not null) is { } fault)
        {
            return fault;
        }

        if (CertManagerLimits.Fault(path) is { } unsaid)
        {
            return unsaid;
        }

        var text = new StringBuilder($"""
            # {party.Party} of the scenario {party.Scenario}, as cert-manager issues and renews it, with the authorities above it, and whom it trusts.
            # Apply: kubectl apply -n cert-manager -f {name}
            # In that namespace, for trust-manager reads Secrets in its own alone, and only where it may (secretTargets and its trust namespace).
            # The Secret {NameOf(path.Stem)} has tls.crt and tls.key; mount it with defaultMode 0400, or 0440 and an fsGroup. The key stays in the cluster.
            # Who is let in, and by which version of TLS, is for the server to say.

            """.ReplaceLineEndings("\n"));
        text.Append(Issuer(SelfSigned, "  selfSigned: {}\n"));
        foreach (Authority authority in path.Above.Reverse())
        {
            text.Append(Certificate(authority.Name, authority.Certificate!, isAuthority: true));
            string points = authority.Crl?.Url is { } url ? $"    crlDistributionPoints: [{Quoted(url)}]\n" : "";
            text.Append(Issuer(NameOf(authority.Name), $"  ca:\n    secretName: {NameOf(authority.Name)}\n{points}"));
        }

        text.Append(Certificate(path.Stem, path.Certificate.Certificate, isAuthority: false));
        text.Append($"---\napiVersion: trust.cert-manager.io/v1alpha1\nkind: Bundle\nmetadata:\n  name: {NameOf(path.Stem)}\nspec:\n  sources:\n");
        foreach (string anchor in path.Certificate.Trusts)
        {
            text.Append(CultureInfo.InvariantCulture, $"    - secret:\n        name: {NameOf(anchor)}\n        key: tls.crt\n");
        }

        text.Append("  target:\n    configMap:\n      key: ca.crt\n");
        return ConfigOutcome.Of(name, text.ToString());
    }

    /// <summary>What an object is called.</summary>
    public static string NameOf(string stem) => stem.ToLower(CultureInfo.InvariantCulture).Replace('_', '-');

    private static KeyAlgorithm? IssuerKey(ImmutableArray<(string Who, CertificateSpecification? What)> all, int index) =>
        all[Math.Min(index + 1, all.Length - 1)].What?.Key;

    private static string Issuer(string name, string spec) =>
        $"---\napiVersion: cert-manager.io/v1\nkind: Issuer\nmetadata:\n  name: {name}\nspec:\n{spec}";

    private static string Certificate(string stem, CertificateSpecification certificate, bool isAuthority)
    {
        string name = NameOf(stem);
        var text = new StringBuilder($"---\napiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata:\n  name: {name}\nspec:\n  secretName: {name}\n");
        text.Append(CultureInfo.InvariantCulture, $"  issuerRef:\n    name: {(certificate.Issuer is { } issuer ? NameOf(issuer) : SelfSigned)}\n    kind: Issuer\n");
        text.Append(isAuthority ? "  isCA: true\n" : "");
        text.Append(Subject(certificate.Subject));
        foreach ((string member, GeneralNameKind kind) in CertManagerLimits.NameMembers)
        {
            text.Append(List(member, certificate.Names.Where(entry => entry.Kind == kind).Select(entry => entry.Value), "  "));
        }

        text.Append(List("usages", CertManagerLimits.Usages(certificate), "  "));
        text.Append(CultureInfo.InvariantCulture, $"  duration: {Duration(CertManagerLimits.DurationOf(certificate.Lifetime)!.Value)}\n");
        text.Append(certificate.RenewBefore is { } before ? $"  renewBefore: {Duration(before)}\n" : "");
        (string algorithm, int? size) = CertManagerLimits.KeyOf(certificate.Key)!.Value;
        text.Append(CultureInfo.InvariantCulture, $"  privateKey:\n    algorithm: {algorithm}\n{(size is null ? "" : $"    size: {size}\n")}    encoding: PKCS8\n    rotationPolicy: Never\n");
        if (certificate.NameConstraints is { } constraints)
        {
            text.Append("  nameConstraints:\n    critical: true\n").Append(Subtrees("permitted", constraints.Permitted)).Append(Subtrees("excluded", constraints.Excluded));
        }

        return text.ToString();
    }

    /// <summary>As RFC 4514 has it, the last first.</summary>
    private static string Subject(DistinguishedName subject)
    {
        if (subject.RelativeNames is [{ Attributes: [{ } only] }] && only.Type == AttributeType.CommonName)
        {
            return $"  commonName: {Quoted(only.Value)}\n";
        }

        IEnumerable<string> names = subject.RelativeNames.Reverse().Select(relative => string.Join('+', relative.Attributes.Select(attribute =>
            $"{attribute.Type.ShortName.ToUpperInvariant()}={DistinguishedNameText.Escape(attribute.Value)}")));
        return $"  literalSubject: {Quoted(string.Join(',', names))}\n";
    }

    private static string Subtrees(string member, ImmutableArray<GeneralSubtree> subtrees) => subtrees.IsEmpty
        ? ""
        : $"    {member}:\n" + string.Concat(CertManagerLimits.SubtreeMembers.Select(entry =>
            List(entry.Member, subtrees.Where(subtree => subtree.Kind == entry.Kind).Select(subtree => subtree.Base), "      ")));

    private static string List(string member, IEnumerable<string> values, string indent) =>
        values.ToArray() is { Length: > 0 } list ? $"{indent}{member}: [{string.Join(", ", list.Select(Quoted))}]\n" : "";

    private static string Duration(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}h{time.Minutes}m{time.Seconds}s");

    private static string Quoted(string text) => '"' + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString() + '"';
}
