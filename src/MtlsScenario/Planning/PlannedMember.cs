using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>One of the certificates that a planned one stands for, with its number in its paths: one of a fleet, or the only one.</summary>
/// <param name="Planned">What is planned for all of them.</param>
/// <param name="Number">Which one, from 1; null where there is only one.</param>
internal readonly record struct PlannedMember(PlannedCertificate Planned, int? Number)
{
    /// <summary>The file stem.</summary>
    public string Stem => At(Planned.Stem);

    /// <summary>The folder with its key, in the folder of the certificates; empty for that itself.</summary>
    public string Folder => At(Planned.Folder);

    /// <summary>The private key.</summary>
    public string KeyFile => At(Planned.Files.Key);

    /// <summary>The request, whether it is kept or not.</summary>
    public string RequestFile => At(Planned.Files.Request);

    /// <summary>The certificate.</summary>
    public string CertificateFile => At(Planned.Files.Certificate);

    /// <summary>The certificate and its intermediates; null where there are none.</summary>
    public string? ChainFile => Planned.Files.Chain is { } chain ? At(chain) : null;

    /// <summary>What its holder trusts; null where that is nobody.</summary>
    public string? AnchorsFile => Planned.Files.Anchors is { } anchors ? At(anchors) : null;

    /// <summary>Where a format of it is, or would be: beside its key.</summary>
    public string Format(ArtifactKind kind) => At(Path.Join(Planned.Folder, Planned.Stem + FileNames.Suffix(kind)).Replace('\\', '/'));

    /// <summary>Any other path of the plan.</summary>
    public string At(string path) => Replication.Fill(path, Number);

    /// <summary>A file that one of its steps makes of others.</summary>
    public Derivation Derived(PlanStep step) => new Derivation(step, Planned).At(Number);
}
