using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>A party with the places where its certificates are written.</summary>
internal sealed record BoundParty(Fields Fields, Party Model, ImmutableArray<BoundPartyCertificate> Certificates)
{
    /// <summary>Its certificate for that role or, without one, its peer's; or null.</summary>
    public BoundPartyCertificate? Find(Role role) =>
        Certificates.FirstOrDefault(use => use.Model.Role == role) ?? Certificates.FirstOrDefault(use => use.Model.Role == Role.Peer);
}
