using MtlsScenario.Files;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Tells whether the request that is there is the one that is planned. Safe for use by several threads.</summary>
internal sealed class RequestExaminer(FolderReader reader)
{
    /// <summary>Why the request must be written, or null where it stays.</summary>
    /// <param name="change">The certificate, and what becomes of its key.</param>
    /// <param name="subjectPublicKeyInfo">The public half of its key, DER; null where that is yet to be generated.</param>
    public Reason? Examine(CertificateChange change, ReadOnlyMemory<byte>? subjectPublicKeyInfo)
    {
        if (!change.Certificate.KeepsRequest)
        {
            return null;
        }

        FileContent content = reader.Read(change.Member.RequestFile);
        if (content.IsMissing)
        {
            return Reason.Missing;
        }

        if (subjectPublicKeyInfo is not { } key)
        {
            return Reason.Of("key", "a new one");
        }

        if (content.Bytes is null || !Pem.TryDecode(content.Bytes, Pem.CertificateRequest, out byte[] current))
        {
            return Reason.Of("unreadable", content.Fault ?? "it is no request");
        }

        return RequestComparer.IsAsPlanned(current, change.Certificate, key, change.Number)
            ? null
            : new Reason("it", "it asks for something else");
    }
}
