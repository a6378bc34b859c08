using MtlsScenario.Planning;

namespace MtlsScenario.Files;

/// <summary>Tells which certificates are for others to send, by what lies in a folder; it looks at names, and never at a key.</summary>
/// <param name="plan">What there should be.</param>
/// <param name="isThere">Whether a file is there.</param>
internal sealed class AwaitedCertificates(Plan plan, Func<string, bool> isThere)
{
    /// <summary>Whether it is not there, and nobody here can make it yet.</summary>
    public bool Have(PlannedMember member) => !isThere(member.CertificateFile) && (member.Planned.IsExternal
        || (member.Planned.Issuer is { } issuer && CannotSign(plan[issuer])));

    private bool CannotSign(PlannedCertificate authority) =>
        authority.IsExternal ? !isThere(authority.Files.Certificate) || !isThere(authority.Files.Key) : Have(authority.Member(null));
}
