using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>A connection with the place where it is written.</summary>
internal sealed record BoundConnection(Fields Fields, Connection Model);
