using System.Collections.Immutable;
using MtlsScenario.Planning;

namespace MtlsScenario.Reconciling;

/// <summary>What is to be done for one certificate, or for one replica's, and why.</summary>
internal sealed record CertificateChange
{
    /// <summary>Which certificate.</summary>
    public required PlannedCertificate Certificate { get; init; }

    /// <summary>Which replica, from 1; null where there are none.</summary>
    public int? Number { get; init; }

    /// <summary>What becomes of its key.</summary>
    public KeyAction Key { get; init; }

    /// <summary>SHA-256 of what was read in the key's place, which a new one may replace; null where nothing was there.</summary>
    public ReadOnlyMemory<byte>? ReplacedKey { get; init; }

    /// <summary>Why the key is generated or replaced, or null.</summary>
    public Reason? KeyReason { get; init; }

    /// <summary>The mode that the key that is there gets, because more may be done with it than with a key; null where it stays.</summary>
    public UnixFileMode? TightenedMode { get; init; }

    /// <summary>Whether the key that is there is closed to others.</summary>
    public bool TightensKey => TightenedMode is not null;

    /// <summary>Why the request is written, or null where it stays.</summary>
    public Reason? RequestReason { get; init; }

    /// <summary>Why the certificate is issued; none where it stays.</summary>
    public ImmutableArray<Reason> Reasons { get; init; } = [];

    /// <summary>What others have to send before there is such a certificate; null where nothing is.</summary>
    public AwaitedFile? Awaited { get; init; }

    /// <summary>Whether it is one that was adopted, and stays.</summary>
    public bool IsAdopted { get; init; }

    /// <summary>The chain and the copies that are written, in order.</summary>
    public ImmutableArray<FileChange> Files { get; init; } = [];

    /// <summary>Whether a certificate was there before.</summary>
    public bool WasThere { get; init; }

    /// <summary>Whether the certificate is issued.</summary>
    public bool Issues => !Reasons.IsEmpty;

    /// <summary>Whether there is anything to do.</summary>
    public bool HasWork =>
        Key != KeyAction.Keep || TightensKey || RequestReason is not null || Issues || !Files.IsEmpty;

    /// <summary>The paths of the files that are written.</summary>
    public IEnumerable<string> Written()
    {
        if (Key != KeyAction.Keep)
        {
            yield return Member.KeyFile;
        }

        if (RequestReason is not null)
        {
            yield return Member.RequestFile;
        }

        if (Issues)
        {
            yield return Member.CertificateFile;
        }

        foreach (FileChange file in Files)
        {
            yield return Member.Derived(file.Step).Output;
        }
    }

    /// <summary>The file stem, the number filled in.</summary>
    public string Stem => Member.Stem;

    /// <summary>The certificate, the number filled in.</summary>
    public PlannedMember Member => Certificate.Member(Number);
}

/// <summary>A chain, an anchors file or a copy that is written, and why.</summary>
/// <param name="Step">The step that makes it.</param>
/// <param name="Reason">Why.</param>
internal sealed record FileChange(PlanStep Step, Reason Reason);

/// <summary>A final step that is done, for which replica, and why.</summary>
/// <param name="Step">The step.</param>
/// <param name="Number">Which replica, from 1; null where there are none.</param>
/// <param name="Reason">Why.</param>
internal sealed record FinalChange(FinalStep Step, int? Number, Reason Reason)
{
    /// <summary>How what its holder trusts changes with it; null where it does not, or all is made for the first time.</summary>
    public TrustChange? Trust { get; init; }

    /// <summary>What goes into it, where it is a CRL.</summary>
    public CrlChange? Crl { get; init; }

    /// <summary>SHA-256 of what was read in the place of a file with a key, which it replaces; null where nothing was there.</summary>
    public ReadOnlyMemory<byte>? Replaces { get; init; }

    /// <summary>Whether what it replaces may go, for there is no key in it that is not elsewhere.</summary>
    public bool IsDerived { get; init; }

    /// <summary>The path of the file that is written.</summary>
    public string Output => Step.Derived(Number).Output;
}
