using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>How reasons of revocation are spelled, in scenarios and by openssl.</summary>
internal static class RevocationReasonNames
{
    /// <summary>Every reason with its spelling.</summary>
    public static ImmutableArray<(RevocationReason Reason, string Name)> All { get; } =
    [
        (RevocationReason.Unspecified, "unspecified"),
        (RevocationReason.KeyCompromise, "keyCompromise"),
        (RevocationReason.CaCompromise, "CACompromise"),
        (RevocationReason.AffiliationChanged, "affiliationChanged"),
        (RevocationReason.Superseded, "superseded"),
        (RevocationReason.CessationOfOperation, "cessationOfOperation"),
        (RevocationReason.CertificateHold, "certificateHold"),
        (RevocationReason.RemoveFromCrl, "removeFromCRL"),
        (RevocationReason.PrivilegeWithdrawn, "privilegeWithdrawn"),
        (RevocationReason.AaCompromise, "AACompromise"),
    ];

    /// <summary>Whether a scenario may give it: it lasts, for no entry is ever taken off a list, and openssl writes it.</summary>
    public static bool IsOfScenarios(RevocationReason reason) =>
        reason is >= RevocationReason.KeyCompromise and <= RevocationReason.CessationOfOperation;

    /// <summary>The spelling of a reason; of one that RFC 5280 does not have, its number.</summary>
    public static string NameOf(RevocationReason reason) =>
        All.FirstOrDefault(pair => pair.Reason == reason).Name ?? ((int)reason).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
