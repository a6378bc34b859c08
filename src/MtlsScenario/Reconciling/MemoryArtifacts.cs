using System.Security.Cryptography;
using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.Seeding;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Gives the artifacts of a plan that was issued in memory, to be written to a folder.</summary>
/// <param name="issued">The issued plan.</param>
internal sealed class MemoryArtifacts(PlanIssuer issued) : IArtifactSource
{
    /// <summary>Writes all files of a plan that was issued in memory into a folder that is empty or missing.</summary>
    /// <exception cref="FolderException">The folder is not empty.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(Plan plan, PlanIssuer issued, string folder, KeySeed? seed, CancellationToken cancellationToken)
    {
        var reader = new FolderReader(folder);
        var writer = new FolderWriter(folder, plan);
        using var locked = FolderLock.Take(folder);
        if (reader.Names().Any(name => name != FileNames.LockFile))
        {
            throw new FolderException($"{folder} is not empty", "name an empty folder, or one that is not there yet");
        }

        foreach (PlannedCertificate external in plan.Certificates.Where(certificate => certificate.IsExternal))
        {
            WriteExternal(writer, external, issued[external.Stem]);
        }

        using var passwords = new StorePasswords(Environment.CurrentDirectory, Environment.GetEnvironmentVariable);
        Reconciliation all = Reconciler.Run(
            plan, reader, new ReconciliationOptions { Passwords = passwords, Seed = seed }, issued.Now, cancellationToken);
        if (all.Obstacles is [var first, ..])
        {
            throw new FolderException(first.Message, first.Hint);
        }

        new FolderUpdater(reader, writer, new MemoryArtifacts(issued)).Run(all, cancellationToken);
    }

    /// <inheritdoc/>
    public NewArtifacts Make(CertificateChange change, CancellationToken cancellationToken)
    {
        if (change.Number is not { } number)
        {
            return Encode(issued[change.Certificate.Stem]);
        }

        NewArtifacts? artifacts = null;
        issued.Fleet(change.Certificate.Stem).Use(number, made => artifacts = Encode(made));
        return artifacts!;
    }

    /// <inheritdoc/>
    public byte[] Make(CrlOrder order, CancellationToken cancellationToken) => Pem.Encode(
        Pem.Crl, CrlEncoder.Encode(order.Content, CrlIssuer.Of(order.Authority, issued[order.Step.Signer.Name].Key!)));

    private static NewArtifacts Encode(MadeCertificate made) => new(
        made.Key!.ExportPem(),
        made.Request is { } request ? Pem.Encode(Pem.CertificateRequest, request.Span) : null,
        Pem.Encode(Pem.Certificate, made.Certificate.Span));

    private static void WriteExternal(FolderWriter writer, PlannedCertificate external, MadeCertificate made)
    {
        if (made.Key is { } key)
        {
            byte[] pem = key.ExportPem();
            writer.WriteKey(external.Files.Key, pem, KeyPlacement.Plain);
            CryptographicOperations.ZeroMemory(pem);
        }

        writer.WritePublic(external.Files.Certificate, Pem.Encode(Pem.Certificate, made.Certificate.Span));
    }
}
