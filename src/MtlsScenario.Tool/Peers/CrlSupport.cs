using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Peers;

/// <summary>What programs can do with CRLs.</summary>
internal static class CrlSupport
{
    /// <summary>Why a program that checks only where it is given a CRL cannot check as an end is to; null where it can.</summary>
    public static string? WithoutAny(string program, EndArtifacts own) =>
        own is { Crls.IsEmpty: true, Anchors.IsEmpty: false } ? $"{program} cannot be told to check without any CRL" : null;

    /// <summary>Why a program that verifies with OpenSSL cannot check as an end is to; null where it can, or where the end checks nothing.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="own">What the end has in hand.</param>
    /// <param name="needsOne">Whether the program checks only where it is given a CRL.</param>
    public static string? Missing(string program, EndArtifacts own, bool needsOne = false) =>
        own.Crls is not null && !own.Anchors.All(TrustAnchors.IsSelfIssued) ? $"{program} cannot check CRLs up to a trust anchor that is no root"
        : needsOne ? WithoutAny(program, own)
        : null;
}
