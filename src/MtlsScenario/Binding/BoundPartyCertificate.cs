using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>A party's certificate, how it is used, and where that is written.</summary>
internal sealed record BoundPartyCertificate(BoundCertificate Certificate, PartyCertificate Model);
