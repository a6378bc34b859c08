using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>An authority with the place where it is written.</summary>
internal sealed record BoundAuthority(BoundCertificate Certificate, Authority Model);
