using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>A certificate with the place where it is written.</summary>
/// <param name="Fields">What is written of it.</param>
/// <param name="Label">What messages call it: <c>authority "ca"</c>, <c>bob's server certificate</c>.</param>
/// <param name="Specification">What it is to be; its issuer is kept as written, known or not.</param>
/// <param name="Replicas">How many there are; null for one.</param>
internal sealed record BoundCertificate(Fields Fields, string Label, CertificateSpecification Specification, int? Replicas = null)
{
    /// <summary>Whether it was read without an error; of others nothing is said but that.</summary>
    public bool IsSound { get; init; } = true;

    /// <summary>Whether its key's kind is said, or decided by a default: not where the certificate is provided and nothing is said.</summary>
    public bool HasKnownKey { get; init; } = true;
}
