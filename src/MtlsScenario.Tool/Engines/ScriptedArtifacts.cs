using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Engines;

/// <summary>
/// Artifacts that openssl makes: the script of all that is new runs in a folder of its own, beside the certificates, and
/// what it left is moved into place by the same writer as the native issuer's. Disposing of it removes that folder.
/// </summary>
internal sealed class ScriptedArtifacts : IArtifactSource, IDisposable
{
    private readonly string _staging;
    private readonly FolderReader _made;
    private readonly Reconciliation _reconciliation;
    private readonly OpenSslEngine _engine;

    private ScriptedArtifacts(string staging, Reconciliation reconciliation, OpenSslEngine engine)
    {
        (_staging, _reconciliation, _engine) = (staging, reconciliation, engine);
        _made = new FolderReader(staging);
    }

    /// <summary>Makes all that a reconciliation asks for.</summary>
    /// <param name="reconciliation">What is to be made.</param>
    /// <param name="root">The folder of the certificates, which is there; an absolute path.</param>
    /// <param name="engine">Who makes it.</param>
    /// <param name="seeded">What is needed to make the bytes of a seed; null where keys are drawn.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="EnvironmentException">openssl failed; nothing was changed.</exception>
    public static async Task<ScriptedArtifacts> MakeAsync(
        Reconciliation reconciliation, string root, OpenSslEngine engine, SeededScript? seeded, CancellationToken cancellationToken)
    {
        var artifacts = new ScriptedArtifacts(Path.Combine(root, FileNames.StagingFolder), reconciliation, engine);
        try
        {
            ScriptOptions options = Select(reconciliation) with { Seeded = seeded };
            if (!options.Only!.IsEmpty)
            {
                CopyKept(reconciliation, options, new FolderReader(root), new FolderWriter(artifacts._staging));
                string script = ScriptWriter.Write(reconciliation.Plan, options);
                await engine.RunAsync(script, artifacts._staging, ImmutableDictionary<string, string?>.Empty, cancellationToken).ConfigureAwait(false);
            }

            return artifacts;
        }
        catch
        {
            artifacts.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public NewArtifacts Make(CertificateChange change, CancellationToken cancellationToken)
    {
        return new NewArtifacts(
            change.Key == KeyAction.Keep ? null : Read(change.Member.KeyFile),
            change.RequestReason is null ? null : Read(change.Member.RequestFile),
            change.Issues ? Read(change.Member.CertificateFile) : null);
    }

    /// <inheritdoc/>
    public byte[] Make(CrlOrder order, CancellationToken cancellationToken)
    {
        // The keys are in their places by now, so that this is the last thing that is asked of openssl, whatever was made before.
        string script = CrlOrderScript.Write(order, _reconciliation.Plan[order.Step.Issuer.Name], _engine.Version, _reconciliation.Seed is not null);
        Directory.CreateDirectory(_staging);
        _engine.RunAsync(script, _staging, ImmutableDictionary<string, string?>.Empty, cancellationToken).GetAwaiter().GetResult();
        return Read(CrlOrderScript.File);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(_staging))
        {
            Directory.Delete(_staging, recursive: true);
        }
    }

    private static ScriptOptions Select(Reconciliation reconciliation) => new()
    {
        Only = reconciliation.Changes
            .Where(change => change.Key != KeyAction.Keep || change.RequestReason is not null || change.Issues)
            .GroupBy(change => change.Certificate.Stem, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                group => group.Key,
                group => group.Select(change => change.Number).OfType<int>().Order().ToImmutableArray(),
                StringComparer.Ordinal),
        Unsigned =
        [
            .. reconciliation.Changes.GroupBy(change => change.Certificate.Stem, StringComparer.Ordinal)
                .Where(group => group.All(change => !change.Issues)).Select(group => group.Key),
        ],
    };

    /// <summary>What the script needs and does not make: the keys that stay, and the issuers that do.</summary>
    private static void CopyKept(
        Reconciliation reconciliation, ScriptOptions options, FolderReader reader, FolderWriter writer)
    {
        foreach (CertificateChange change in reconciliation.Changes)
        {
            if (options.Only!.ContainsKey(change.Certificate.Stem) && change.Key == KeyAction.Keep)
            {
                CopyKey(change.Member.KeyFile);
            }
        }

        IEnumerable<PlannedCertificate> issuers = options.Only!.Keys
            .Select(stem => reconciliation.Plan[stem].Issuer)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Where(issuer => !options.Only.ContainsKey(issuer))
            .Select(issuer => reconciliation.Plan[issuer]);
        foreach (PlannedCertificate issuer in issuers)
        {
            CopyKey(issuer.Files.Key);
            if (reader.Read(issuer.Files.Certificate).Bytes is { } certificate)
            {
                writer.WritePublic(issuer.Files.Certificate, certificate);
            }
        }

        void CopyKey(string path)
        {
            if (reader.Read(path).Bytes is { } key)
            {
                writer.WriteKey(path, key, KeyPlacement.Plain);
                Array.Clear(key);
            }
        }
    }

    private byte[] Read(string path) =>
        _made.Read(path).Bytes ?? throw new FolderException($"openssl left no {path} that can be read");
}
