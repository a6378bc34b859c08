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
    /// <param name="plan">The plan.</param>
    /// <param name="isPlain">Whether the plain script is run.</param>
    /// <param name="provided">The folder from which the files of external authorities are taken.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="EnvironmentException">
    /// A file of an external authority or a password is not there, or the script did not get to its end.
    /// </exception>
    public async Task<EngineCheck> CheckAsync(Plan plan, bool isPlain, string provided, CancellationToken cancellationToken)
    {
        var options = new ScriptOptions();
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
            ImmutableArray<FileComparison> files =
                [.. comparer.Compare(cancellationToken), .. FolderComparer.Differences(plan, folder)];
            return new EngineCheck(engine.Version, null, files);
        }
        finally
        {
            temporary.Delete(recursive: true);
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
