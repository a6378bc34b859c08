using System.Numerics;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Writes CRLs and bundles of them.</summary>
/// <param name="reconciliation">What is done.</param>
/// <param name="reader">Reads the folder.</param>
/// <param name="source">Makes what is new.</param>
internal sealed class CrlWriter(Reconciliation reconciliation, FolderReader reader, IArtifactSource source)
{
    /// <summary>The numbers of the lists that were made before anything else.</summary>
    private readonly Dictionary<string, BigInteger> _first = new(StringComparer.Ordinal);

    /// <summary>
    /// Lists with what is known already, by the authorities as they are: what is revoked is on one before its certificate is replaced.
    /// </summary>
    public void WriteFirst(IFileSink sink, CancellationToken cancellationToken)
    {
        foreach (FinalChange final in reconciliation.FinalChanges.Where(final => final.Crl is { ComesFirst: true }))
        {
            (var step, CrlChange change) = ((SignCrl)final.Step.Step, final.Crl!);
            if (reader.Certificate(step.Issuer.CertificateFile) is { } authority)
            {
                CrlContent content = Next(step, change, change.Entries, authority);
                sink.WritePublic(step.CrlFile, source.Make(new CrlOrder(step, content, authority, ComesFirst: true), cancellationToken));
                _first[step.CrlFile] = content.Number;
            }
        }
    }

    /// <summary>Writes a list, where the step signs one, or a bundle.</summary>
    /// <returns>Whether the step was one of these.</returns>
    public bool TryWrite(FinalChange final, IFileSink sink, CancellationToken cancellationToken)
    {
        switch (final.Step.Step)
        {
            case SignCrl sign:
                sink.WritePublic(sign.CrlFile, Make(sign, final.Crl!, sink, cancellationToken));
                return true;
            case WriteCrls write:
                byte[] bundle = CrlBundle.Make(write.CrlFiles.Select(file => sink.Waiting(file) ?? reader.Read(file).Bytes))
                    ?? throw new FolderException($"{final.Output} cannot be made: {string.Join(", ", write.CrlFiles)} cannot be read");
                sink.WritePublic(final.Output, bundle);
                return true;
            default:
                return false;
        }
    }

    private byte[] Make(SignCrl step, CrlChange change, IFileSink sink, CancellationToken cancellationToken)
    {
        ParsedCertificate authority = ReadCertificate(step.Issuer.CertificateFile, sink);
        IEnumerable<CrlEntry> pending = change.Pending.Select(pair => change.Memory.EntryOf(
            ReadCertificate(Replication.Fill(reconciliation.Plan[pair.Certificate.Stem].Files.Certificate, pair.Number), sink).SerialBytes,
            pair.Certificate.Revocation.Reason,
            pair.Certificate.Revocation.At,
            reconciliation.Now));
        CrlContent content = Next(step, change, change.Entries.Concat(pending), authority);
        return source.Make(
            new CrlOrder(
                step,
                _first.TryGetValue(step.CrlFile, out BigInteger number) ? content with { Number = BigInteger.Max(content.Number, number + 1) } : content,
                authority,
                ComesFirst: false),
            cancellationToken);
    }

    private CrlContent Next(SignCrl step, CrlChange change, IEnumerable<CrlEntry> entries, ParsedCertificate authority) =>
        change.Memory.Next(step.Template, change.Memory.With(entries), (authority.NotBefore, authority.NotAfter), reconciliation.Now);

    private ParsedCertificate ReadCertificate(string path, IFileSink sink) =>
        (sink.Waiting(path) ?? reader.Read(path).Bytes) is { } bytes && ParsedCertificate.TryRead(bytes, out ParsedCertificate? certificate)
            ? certificate
            : throw new FolderException($"{path} cannot be read");
}
