using System.Collections.Immutable;
using System.Security.Cryptography;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Seeding;
using MtlsScenario.X509;

namespace MtlsScenario.Handshakes;

/// <summary>
/// The artifacts that a scenario would be given, issued in memory; only those of external authorities come from a folder.
/// It owns every key.
/// </summary>
internal sealed class IssuedArtifacts : IEndArtifactsSource, IDisposable
{
    /// <summary>Of a larger fleet a replica is made each time that it is asked for, so that memory does not grow with it.</summary>
    private const int MostKept = 1000;

    private const string Hint = "it is provided, not made: put it into the scenario's folder, or name its folder with -d";

    private readonly Lock _exporting = new();
    private readonly Scenario _scenario;
    private readonly Plan _plan;
    private readonly PlanIssuer _issued;

    private readonly ImmutableDictionary<string, ReadOnlyMemory<byte>> _crls;

    private IssuedArtifacts(Scenario scenario, Plan plan, PlanIssuer issued, ImmutableDictionary<string, ReadOnlyMemory<byte>> crls) =>
        (_scenario, _plan, _issued, _crls) = (scenario, plan, issued, crls);

    /// <summary>Issues a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="provided">Where the files of external authorities are.</param>
    /// <param name="now">The moment of issuance, UTC.</param>
    /// <param name="seed">From which keys and serial numbers come, where all dates are written; null to draw them.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="FolderException">A file of an external authority is missing or cannot be used.</exception>
    public static IssuedArtifacts Issue(
        Scenario scenario, FolderReader provided, DateTimeOffset now, KeySeed? seed = null, CancellationToken cancellationToken = default)
    {
        Plan plan = Planner.For(scenario);
        plan = seed is null ? plan : new SeededPlan(plan, seed, now, planned => provided.Certificate(planned.Files.Certificate)).Plan;
        try
        {
            PlanIssuer issued = PlanIssuer.Issue(plan, external => Provided(plan, external, provided), now, seed, cancellationToken);
            try
            {
                return new IssuedArtifacts(scenario, plan, issued, IssuedCrls.Of(plan, issued, path => Bytes(provided, path)));
            }
            catch
            {
                issued.Dispose();
                throw;
            }
        }
        catch (ArgumentException exception)
        {
            throw new FolderException(exception.Message.TrimEnd('.'), Hint, exception);
        }
    }

    /// <inheritdoc/>
    public EndArtifactsResult Read(TrialEnd end)
    {
        PlannedCertificate planned = _plan[FileNames.Stem(_scenario.Party(end.Party), end.Certificate.Role)];
        EndArtifacts? artifacts = null;
        if (planned.Replicas is not { } replicas)
        {
            artifacts = Of(_issued[planned.Stem], end);
        }
        else if (replicas.Count <= MostKept)
        {
            artifacts = Of(_issued.Fleet(planned.Stem)[end.Number!.Value], end);
        }
        else
        {
            _issued.Fleet(planned.Stem).Use(end.Number!.Value, made => artifacts = Of(made, end));
        }

        return EndArtifactsResult.Of(artifacts!);
    }

    /// <inheritdoc/>
    public void Dispose() => _issued.Dispose();

    private EndArtifacts Of(MadeCertificate made, TrialEnd end)
    {
        ImmutableArray<string> intermediates = end.Certificate.Presents == Presentation.Chain ? made.Planned.Intermediates : [];
        byte[] key;
        lock (_exporting)
        {
            key = made.Key!.ExportPkcs8();
        }

        return new EndArtifacts([made.Certificate, .. Certificates(intermediates)], key, [.. Certificates(made.Planned.Anchors)])
        {
            Crls = made.Planned.ChecksRevocation ? [.. made.Planned.CrlIssuers.Select(stem => _crls[stem])] : null,
        };
    }

    private IEnumerable<ReadOnlyMemory<byte>> Certificates(ImmutableArray<string> stems) =>
        stems.Select(stem => _issued[stem].Certificate);

    private static MadeCertificate Provided(Plan plan, PlannedCertificate external, FolderReader folder)
    {
        byte[] bytes = Bytes(folder, external.Files.Certificate);
        if (!ParsedCertificate.TryRead(bytes, out ParsedCertificate? certificate))
        {
            throw Fault(external.Files.Certificate, "holds no certificate that can be read");
        }

        bool issues = !external.IsAuthority || plan.Certificates.Any(other => other.Issuer == external.Stem);
        return new MadeCertificate(external, number: null, issues ? Key(folder, external.Files.Key) : null, certificate.Der.ToArray());
    }

    private static PrivateKey Key(FolderReader folder, string path)
    {
        byte[] bytes = Bytes(folder, path);
        try
        {
            return PrivateKey.ReadPem(bytes) switch
            {
                KeyReadResult.Read read => read.Key,
                KeyReadResult.Encrypted => throw Fault(path, "is under a passphrase"),
                KeyReadResult.Unreadable unreadable => throw Fault(path, $"cannot be read: {unreadable.Reason}"),
                KeyReadResult.UnsupportedAlgorithm other => throw Fault(path, $"is of a kind that cannot be used: {other.Description}"),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static byte[] Bytes(FolderReader folder, string path)
    {
        FileContent content = folder.Read(path);
        return content.Bytes ?? throw Fault(path, content.IsMissing ? "is missing" : $"cannot be used: {content.Fault}");
    }

    private static FolderException Fault(string path, string what) =>
        new($"{VisibleText.Of(path)} of an external authority {what}", Hint);
}
