using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>The authority or the party whose certificate is read.</summary>
/// <param name="Label">What messages call the certificate.</param>
/// <param name="Role">What it is for; null for an authority's.</param>
/// <param name="Replicas">How many of its party there are; null where it has no replicas.</param>
/// <param name="IsExternal">Whether it is provided.</param>
internal sealed record CertificateOwner(string Label, Role? Role, int? Replicas = null, bool IsExternal = false)
{
    public bool IsAuthority => Role is null;
}
