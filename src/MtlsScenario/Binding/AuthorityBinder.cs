using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario.Binding;

/// <summary>Reads authorities.</summary>
/// <param name="names">The authorities and parties that there are.</param>
/// <param name="certificates">Reads what all certificates have.</param>
/// <param name="revocation">Reads what it revokes.</param>
/// <param name="faults">Where the faults go.</param>
internal sealed class AuthorityBinder(DeclaredNames names, CertificateBinder certificates, RevocationReader revocation, FaultList faults)
{
    /// <summary>The authority that an entry of <c>authorities</c> describes.</summary>
    public BoundAuthority Bind(MappingEntry entry)
    {
        string name = entry.Key.Value;
        int errors = faults.ErrorCount;
        var fields = new Fields(entry.Key.Position, Section.Of(entry, "an authority's certificate: { subject, ... }", faults));
        fields.CheckKeys(FormatKeys.Authority, "an authority", faults, FormatKeys.NotOfAuthorities);
        bool isExternal = fields["external"]?.Boolean(faults) ?? false;
        var owner = new CertificateOwner($"authority {VisibleText.Quoted(name)}", Role: null, IsExternal: isExternal);
        BoundCertificate certificate = certificates.Bind(fields, owner);
        var authority = new Authority
        {
            Name = name,
            Operator = fields["operator"] is { } party ? names.ReadParty(party) : null,
            IsExternal = isExternal,
            Issuer = certificate.Specification.Issuer,
            Certificate = isExternal && fields["subject"] is null ? null : certificate.Specification,
            Crl = fields["crl"] is { } crl ? revocation.ReadCrl(crl, name) : new CrlSpecification(),
            Revokes = fields["revokes"] is { } revokes ? revocation.ReadRevokes(revokes) : [],
            Files = fields["files"] is { } files ? PlaceReader.Read(files, isAuthority: true, faults) : null,
        };
        return new BoundAuthority(certificate with { IsSound = errors == faults.ErrorCount }, authority);
    }
}
