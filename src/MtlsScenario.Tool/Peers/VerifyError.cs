using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Peers;

/// <summary>
/// What OpenSSL says of a path (the X509_V_ERR codes of <c>x509_vfy.h</c>), as the programs built on it pass it on: by its
/// number (openssl, curl, nginx) or by its name (Node).
/// </summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name, without the prefix.</param>
/// <param name="Reason">The normalised reason.</param>
internal sealed partial record VerifyError(int Number, string Name, RejectionReason Reason)
{
    private static readonly ImmutableArray<VerifyError> s_all =
    [
        new(2, "UNABLE_TO_GET_ISSUER_CERT", RejectionReason.UnknownIssuer),
        new(3, "UNABLE_TO_GET_CRL", RejectionReason.RevocationUnknown),
        new(5, "UNABLE_TO_DECRYPT_CRL_SIGNATURE", RejectionReason.RevocationUnknown),
        new(7, "CERT_SIGNATURE_FAILURE", RejectionReason.BadSignature),
        new(8, "CRL_SIGNATURE_FAILURE", RejectionReason.RevocationUnknown),
        new(9, "CERT_NOT_YET_VALID", RejectionReason.NotYetValid),
        new(10, "CERT_HAS_EXPIRED", RejectionReason.Expired),
        new(11, "CRL_NOT_YET_VALID", RejectionReason.RevocationUnknown),
        new(12, "CRL_HAS_EXPIRED", RejectionReason.RevocationUnknown),
        new(15, "ERROR_IN_CRL_LAST_UPDATE_FIELD", RejectionReason.RevocationUnknown),
        new(16, "ERROR_IN_CRL_NEXT_UPDATE_FIELD", RejectionReason.RevocationUnknown),
        new(18, "DEPTH_ZERO_SELF_SIGNED_CERT", RejectionReason.UnknownIssuer),
        new(19, "SELF_SIGNED_CERT_IN_CHAIN", RejectionReason.UnknownIssuer),
        new(20, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", RejectionReason.UnknownIssuer),
        new(21, "UNABLE_TO_VERIFY_LEAF_SIGNATURE", RejectionReason.UnknownIssuer),
        new(23, "CERT_REVOKED", RejectionReason.Revoked),

        // INVALID_CA had this number before OpenSSL 3.
        new(24, "INVALID_CA", RejectionReason.NotACa),
        new(25, "PATH_LENGTH_EXCEEDED", RejectionReason.PathLength),
        new(26, "INVALID_PURPOSE", RejectionReason.WrongPurpose),
        new(27, "CERT_UNTRUSTED", RejectionReason.UnknownIssuer),
        new(32, "KEYUSAGE_NO_CERTSIGN", RejectionReason.NotACa),
        new(33, "UNABLE_TO_GET_CRL_ISSUER", RejectionReason.RevocationUnknown),
        new(34, "UNHANDLED_CRITICAL_EXTENSION", RejectionReason.UnknownCriticalExtension),
        new(35, "KEYUSAGE_NO_CRL_SIGN", RejectionReason.RevocationUnknown),
        new(36, "UNHANDLED_CRITICAL_CRL_EXTENSION", RejectionReason.RevocationUnknown),
        new(44, "DIFFERENT_CRL_SCOPE", RejectionReason.RevocationUnknown),
        new(47, "PERMITTED_VIOLATION", RejectionReason.NameConstraints),
        new(48, "EXCLUDED_VIOLATION", RejectionReason.NameConstraints),
        new(49, "SUBTREE_MINMAX", RejectionReason.NameConstraints),
        new(51, "UNSUPPORTED_CONSTRAINT_TYPE", RejectionReason.NameConstraints),
        new(52, "UNSUPPORTED_CONSTRAINT_SYNTAX", RejectionReason.NameConstraints),
        new(53, "UNSUPPORTED_NAME_SYNTAX", RejectionReason.NameConstraints),
        new(54, "CRL_PATH_VALIDATION_ERROR", RejectionReason.RevocationUnknown),
        new(62, "HOSTNAME_MISMATCH", RejectionReason.NameMismatch),
        new(64, "IP_ADDRESS_MISMATCH", RejectionReason.NameMismatch),
        new(66, "EE_KEY_TOO_SMALL", RejectionReason.WeakKey),
        new(67, "CA_KEY_TOO_SMALL", RejectionReason.WeakKey),
        new(68, "CA_MD_TOO_WEAK", RejectionReason.WeakSignature),
        new(79, "INVALID_CA", RejectionReason.NotACa),
    ];

    /// <summary>The reason behind a number, or null.</summary>
    public static RejectionReason? ReasonOf(int number) => s_all.FirstOrDefault(error => error.Number == number)?.Reason;

    /// <summary>The reason behind Node's name for one, or null.</summary>
    public static RejectionReason? ReasonOf(string name) => s_all.FirstOrDefault(error =>
        string.Equals(error.Name, name, StringComparison.Ordinal))?.Reason;

    /// <summary>The first error that openssl's <c>s_client</c> or <c>s_server</c> printed: its reason and the line; null for none.</summary>
    public static (RejectionReason? Reason, string Words)? FindPrinted(string text)
    {
        Match match = Printed().Match(text);
        return match.Success ? (ReasonOf(Int(match.Groups[1])), match.Value.Trim()) : null;
    }

    /// <summary>The number in nginx's log, <c>client SSL certificate verify error: (10:certificate has expired)</c>.</summary>
    public static (RejectionReason? Reason, string Words)? FindLogged(string text)
    {
        Match match = Logged().Match(text);
        return match.Success ? (ReasonOf(Int(match.Groups[1])), match.Value) : null;
    }

    private static int Int(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"verify error:num=(\d{1,4}):.*")]
    private static partial Regex Printed();

    [GeneratedRegex(@"certificate verify error: \((\d{1,4}):[^)]*\)")]
    private static partial Regex Logged();
}
