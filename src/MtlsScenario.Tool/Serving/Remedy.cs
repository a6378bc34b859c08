using MtlsScenario.Model;

namespace MtlsScenario.Tool.Serving;

/// <summary>Says what the user can do where one end of a call turns the other away.</summary>
internal static class Remedy
{
    /// <summary>What would mend it, a clause without a full stop.</summary>
    /// <param name="reason">Why; null where that is not known.</param>
    /// <param name="holder">Who was turned away.</param>
    /// <param name="judge">Who turned it away.</param>
    /// <param name="renewal">What to do where a certificate of the holder's has expired.</param>
    public static string Of(RejectionReason? reason, string holder, string judge, string renewal) => reason switch
    {
        null => $"see what {judge} has logged",
        RejectionReason.UnknownIssuer =>
            $"let {judge} trust an authority above {holder}'s certificate (trusts), or let {holder} present its intermediates (presents: chain)",
        RejectionReason.BadSignature => $"issue {holder}'s certificate again below the authority that {judge} trusts; two of one name are easily mistaken",
        RejectionReason.Expired => renewal,
        RejectionReason.NotYetValid => $"compare the clocks, or let {holder}'s lifetime begin earlier",
        RejectionReason.NameMismatch => $"call {holder} by a name that its certificate has, or add this one to its names",
        RejectionReason.WrongPurpose => $"let the extendedKeyUsage and keyUsage of {holder}'s certificate, and of those above it, allow what it is used for",
        RejectionReason.PathLength => $"raise the pathLength above {holder}'s certificate, or take intermediates away",
        RejectionReason.NameConstraints => $"give {holder} names that the nameConstraints above it permit",
        RejectionReason.NotACa => $"let an authority issue {holder}'s certificate; what issued it is none",
        RejectionReason.NoCertificate => $"let {holder} present a certificate",
        RejectionReason.NotAdmitted => $"add {holder} to what {judge} admits",
        RejectionReason.UnknownCriticalExtension => $"leave the extension out of {holder}'s certificate, or make it not critical",
        RejectionReason.TlsVersion => "let both ends have a version of TLS in common: the server's tlsMin, the connection's tls",
        RejectionReason.Revoked => $"issue {holder} a new certificate",
        RejectionReason.RevocationUnknown => $"give {judge} a CRL of every authority above {holder}'s certificate that is valid and its own",
        RejectionReason.WeakKey => $"give {holder} a stronger key",
        RejectionReason.WeakSignature => $"let a stronger digest sign {holder}'s certificate and those above it",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
