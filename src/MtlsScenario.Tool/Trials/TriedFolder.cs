using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Trials;

/// <summary>The folder whose certificates are tried, and whether it is what the scenario says.</summary>
/// <param name="context">What is around the command.</param>
/// <param name="scenario">The scenario.</param>
internal sealed class TriedFolder(ToolContext context, PlannedScenario scenario)
{
    /// <summary>Of a larger fleet three replicas are compared: to compare a million takes longer than to try them.</summary>
    private const int LargestComparedFleet = 1000;

    private readonly Plan _plan = scenario.Plan;

    /// <summary>
    /// The folder that the user named, or <c>./NAME</c> where anything in it is the scenario's; null where there is none. What
    /// is provided for the scenario may lie there before anything is made.
    /// </summary>
    public string? Find(string? named)
    {
        if (named is not null)
        {
            return named;
        }

        string folder = CertificateFolder.Named(null, scenario.Scenario);
        string root = context.Resolve(folder);
        bool isAllProvided = _plan.Certificates.All(planned => planned.IsExternal);
        return Directory.Exists(root) && _plan.Certificates.Any(planned => (isAllProvided || !planned.IsExternal) && HoldsAny(root, planned)) ? folder : null;
    }

    /// <summary>In what way the folder is not what the scenario says: the rest of a sentence; null where it is.</summary>
    /// <exception cref="FolderException">What is in the folder's place is none.</exception>
    public string? Difference(string folder, CancellationToken cancellationToken)
    {
        var options = new ReconciliationOptions { LargestFleet = LargestComparedFleet, Seed = scenario.Seed };
        Reconciliation found = Reconciler.Run(
            _plan, new FolderReader(context.Resolve(folder)), options, scenario.Now, cancellationToken);
        int issued = found.Changes.Count(change => change.Issues);
        string least = _plan.Certificates.Any(planned => planned.Replicas is { Count: > LargestComparedFleet }) ? "at least " : "";
        return found switch
        {
            { Obstacles: [var first, ..] } => VisibleText.Of(first.Message),
            { HasWork: false, Awaited: [var first, ..] } => $"{VisibleText.Of(first.File)} is awaited",
            { HasWork: false } => null,
            _ when issued == 0 => "plan would write files, and no certificate anew",
            _ => string.Create(CultureInfo.InvariantCulture, $"plan would make {least}{issued:N0} certificate{(issued == 1 ? "" : "s")} anew"),
        };
    }

    private static bool HoldsAny(string root, PlannedCertificate planned)
    {
        bool IsThere(string path) => File.Exists(Path.Combine(root, path));
        return planned.Replicas is { } replicas
            ? Enumerable.Range(1, replicas.Count).Any(number =>
                IsThere(planned.Member(number).KeyFile) || IsThere(planned.Member(number).CertificateFile) || IsThere(planned.Member(number).Format(ArtifactKind.Pkcs12)))
            : IsThere(planned.Member(null).Format(ArtifactKind.Pkcs12)) || IsThere(planned.Files.Key) || IsThere(planned.Files.Certificate) || IsThere(planned.Files.Request);
    }
}
