using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Layouts;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Engines;

/// <summary>Runs the script of a plan in a temporary folder and compares the result with the native engine's.</summary>
/// <param name="engine">The openssl.</param>
/// <param name="time">The clock.</param>
/// <param name="passwords">The passwords of stores and encrypted keys.</param>
internal sealed class EngineChecker(OpenSslEngine engine, TimeProvider time, StorePasswords passwords)
{
    /// <summary>Compares.</summary>
    /// <param name="planned">The plan, and whether it is of a seed.</param>
    /// <param name="isPlain">Whether the plain script is run.</param>
    /// <param name="provided">The folder from which the files of external authorities are taken.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="EnvironmentException">
    /// A file of an external authority or a password is not there, or the script did not get to its end.
    /// </exception>
    public async Task<EngineCheck> CheckAsync(PlannedScenario planned, bool isPlain, string provided, CancellationToken cancellationToken)
    {
        Plan plan = planned.Plan;
        var options = new ScriptOptions { Seeded = planned.Script };
        if (ScriptWriter.Obstacle(plan, options, engine.Version) is { } obstacle)
        {
            return new EngineCheck(engine.Version, obstacle, []);
        }

        if (passwords.Obstacles(plan).FirstOrDefault() is { } missing)
        {
            throw new EnvironmentException(missing.Message, missing.Hint);
        }

        DirectoryInfo temporary = Directory.CreateTempSubdirectory("mtls-scenario-");
        try
        {
            string folder = Path.Combine(temporary.FullName, "certificates");
            CopyProvided(plan, new FolderReader(provided), new FolderWriter(folder));
            DateTimeOffset earliest = time.GetUtcNow();
            string script = isPlain ? PlainScript.Write(plan) : ScriptWriter.Write(plan, options);
            Dictionary<string, string?> variables = WritePasswords(new ScriptPasswords(new ScriptScope(plan, options)), temporary);
            await engine.RunAsync(script, folder, variables, cancellationToken).ConfigureAwait(false);
            DateTimeOffset latest = time.GetUtcNow();
            var comparer = new EngineComparer(plan, new FolderReader(folder), earliest, latest, passwords);
            IEnumerable<FileComparison> files = planned.Seed is null
                ? comparer.Compare(cancellationToken)
                : CompareBytes(folder, MakeNatively(planned, provided, temporary, cancellationToken), comparer);
            return new EngineCheck(engine.Version, null, [.. files, .. FolderComparer.Differences(plan, folder)]);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    /// <summary>What <c>apply</c> makes of the same seed.</summary>
    private string MakeNatively(PlannedScenario planned, string provided, DirectoryInfo temporary, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(temporary.FullName, "native");
        var reader = new FolderReader(folder);
        var writer = new FolderWriter(folder, planned.Plan);
        CopyProvided(planned.Plan, new FolderReader(provided), writer);
        var options = new ReconciliationOptions { Passwords = passwords, Seed = planned.Seed };
        Reconciliation reconciliation = Reconciler.Run(planned.Plan, reader, options, planned.Now, cancellationToken);
        if (reconciliation.Obstacles is [var first, ..])
        {
            throw new EnvironmentException(first.Message, first.Hint);
        }

        using var artifacts = new NativeArtifacts(reader, reconciliation);
        new FolderUpdater(reader, writer, artifacts).Run(reconciliation, cancellationToken);
        return folder;
    }

    /// <summary>Nothing is masked but what openssl cannot be told: the salts of a store and of an encrypted key.</summary>
    private static IEnumerable<FileComparison> CompareBytes(string script, string native, EngineComparer comparer)
    {
        Dictionary<string, FileComparison> drawn = comparer.CompareDrawn().ToDictionary(file => file.File, StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(native, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string file = Path.GetRelativePath(native, path);
            string other = Path.Combine(script, file);
            yield return drawn.GetValueOrDefault(file)
                ?? (File.Exists(other) && File.ReadAllBytes(other).AsSpan().SequenceEqual(File.ReadAllBytes(path))
                    ? new FileComparison(file, ByteEquality.ByteForByte, [], [])
                    : FileComparison.Fault(file, "bytes", "as apply writes them", File.Exists(other) ? "others" : "missing"));
        }
    }

    /// <summary>Gives the script its passwords in files beside the folder, which nobody else can read.</summary>
    private Dictionary<string, string?> WritePasswords(ScriptPasswords needed, DirectoryInfo temporary)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach ((string variable, WriteFormat format) in needed.Files)
        {
            string file = Path.Combine(temporary.FullName, variable);
            File.WriteAllBytes(file, passwords.Of(format).Octets);
            variables.Add(variable, file);
        }

        return variables;
    }

    private static void CopyProvided(Plan plan, FolderReader reader, FolderWriter writer)
    {
        foreach (PlannedCertificate external in plan.Certificates.Where(certificate => certificate.IsExternal || certificate.Adopted is not null))
        {
            writer.WritePublic(external.Files.Certificate, Provided(external, external.Files.Certificate, "is external"));
            if ((external.IsAuthority ? plan.IssuedBy(external.Stem).FirstOrDefault() : external) is { } signed)
            {
                byte[] key = Provided(external, external.Files.Key, external.IsAuthority ? $"must sign {signed.Stem}" : "is external");
                writer.WriteKey(external.Files.Key, key, KeyPlacement.Plain);
                Array.Clear(key);
            }
        }

        byte[] Provided(PlannedCertificate external, string file, string why) => reader.Read(file).Bytes
            ?? throw new EnvironmentException(
                $"there is no {file} that can be read, and {external.Stem} {why}", "name the folder that has it with -d DIR");
    }
}
