using System.Collections.Immutable;
using MtlsScenario.Layouts;
using MtlsScenario.Scripting;

namespace MtlsScenario.Tool.Engines;

/// <summary>What came of running a script and comparing with the native engine.</summary>
/// <param name="OpenSsl">Which openssl ran it.</param>
/// <param name="Obstacle">Why that one cannot; null where it could.</param>
/// <param name="Files">The comparisons; none where it could not.</param>
internal sealed record EngineCheck(OpenSslVersion OpenSsl, string? Obstacle, ImmutableArray<FileComparison> Files)
{
    /// <summary>Whether both engines made the same.</summary>
    public bool IsEqual => Obstacle is null && Files.All(file => file.Equality != ByteEquality.Different);
}
