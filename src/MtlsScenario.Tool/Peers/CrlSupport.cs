using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Peers;

/// <summary>What programs that verify with OpenSSL can do with CRLs.</summary>
internal static class CrlSupport
{
    /// <summary>Why a program cannot check as an end is to; null where it can, or where the end checks nothing.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="own">What the end has in hand.</param>
    /// <param name="needsOne">Whether the program checks only where it is given a CRL.</param>
    public static string? Missing(string program, EndArtifacts own, bool needsOne = false) => own.Crls switch
    {
        null => null,
        { IsEmpty: true } when needsOne && !own.Anchors.IsEmpty => $"{program} cannot be told to check without any CRL",
        _ when !own.Anchors.All(TrustAnchors.IsSelfIssued) => $"{program} cannot check CRLs up to a trust anchor that is no root",
        _ => null,
    };
}
