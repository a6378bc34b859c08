using System.Numerics;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>Compares the CRLs that a script made with those that the native engine makes of the same keys, numbers and dates.</summary>
/// <param name="plan">The plan that the script carried out.</param>
/// <param name="reader">The folder, in which there were no CRLs before.</param>
/// <param name="earliest">A moment before the run, UTC.</param>
/// <param name="latest">A moment after it, UTC.</param>
internal sealed class CrlComparer(Plan plan, FolderReader reader, DateTimeOffset earliest, DateTimeOffset latest)
{
    private readonly DateTimeOffset _earliest = DateTimeOffset.FromUnixTimeSeconds(earliest.ToUnixTimeSeconds());

    /// <summary>Compares a list.</summary>
    public FileComparison Compare(SignCrl step)
    {
        FileComparison Fault(string field, string native, string script) => FileComparison.Fault(step.CrlFile, field, native, script);
        if (reader.Read(step.CrlFile).Bytes is not { } pem || !ParsedCrl.TryRead(pem, out ParsedCrl? script))
        {
            return Fault("CRL", "there", "none that can be read");
        }

        using PrivateKey? key = reader.Read(step.Signer.KeyFile).Bytes is { } bytes && PrivateKey.ReadPem(bytes) is KeyReadResult.Read read ? read.Key : null;
        if (key is null || reader.Certificate(step.Issuer.CertificateFile) is not { } authority)
        {
            return Fault("issuer", "there", "its certificate or key cannot be read");
        }

        if (Entries(step.Template, script) is not { } entries)
        {
            return Fault("revokedCertificates", "those of the scenario, since the moment of the run", $"{script.Entries.Length} others, or since another");
        }

        if (DrawnFault(step.Template, script, authority) is { } fault)
        {
            return new FileComparison(step.CrlFile, ByteEquality.Different, [], [fault]);
        }

        byte[] native = CrlEncoder.Encode(
            new CrlContent(script.ThisUpdate, script.NextUpdate!.Value, script.Number!.Value, entries, step.Template.Digest), CrlIssuer.Of(authority, key));
        bool isSame = native.AsSpan().SequenceEqual(script.Der.Span);
        if (!isSame && !(key.Algorithm.HasRandomSignatures() && IsSameButSignature(native, script, key)))
        {
            return Fault("CRL", $"{Convert.ToHexStringLower(native)}", Convert.ToHexStringLower(script.Der.Span));
        }

        return Pem.Encode(Pem.Crl, script.Der.Span).AsSpan().SequenceEqual(pem)
            ? new FileComparison(step.CrlFile, isSame ? ByteEquality.ByteForByte : ByteEquality.ToBeSigned, ["number", "dates"], [])
            : Fault("text", "the block alone, 64 columns", "the same content, written otherwise");
    }

    /// <summary>Compares a bundle.</summary>
    public FileComparison Compare(WriteCrls step, string output)
    {
        byte[]? native = CrlBundle.Make(step.CrlFiles.Select(file => reader.Read(file).Bytes));
        return native is not null && reader.Read(output).Bytes is { } script && native.AsSpan().SequenceEqual(script)
            ? new FileComparison(output, ByteEquality.ByteForByte, [], [])
            : FileComparison.Fault(output, "file", "the lists, one after the other", "missing, or another");
    }

    private static bool IsSameButSignature(byte[] native, ParsedCrl script, PrivateKey key) =>
        ParsedCrl.TryParse(native, out ParsedCrl? own)
        && own.ToBeSigned.Span.SequenceEqual(script.ToBeSigned.Span)
        && own.SignatureAlgorithm.Encoded.Span.SequenceEqual(script.SignatureAlgorithm.Encoded.Span)
        && script.IsSignedBy(key.SubjectPublicKeyInfo);

    /// <summary>What the scenario asks for, with the dates that the script drew; null where one is missing or was drawn at another time.</summary>
    private List<CrlEntry>? Entries(CrlTemplate template, ParsedCrl script)
    {
        var entries = new List<CrlEntry>();
        bool Add(ReadOnlyMemory<byte> serial, RevocationReason? reason, TimePoint? at)
        {
            if (script.Find(serial.Span) is not { } found
                || found.RevokedAt < (at?.At(_earliest) ?? _earliest) || found.RevokedAt > (at?.At(latest) ?? latest))
            {
                return false;
            }

            entries.Add(new CrlEntry(serial, found.RevokedAt, reason));
            return true;
        }

        bool isWhole = template.Revokes.All(revoked => Add(CrlEntry.Of(revoked.Serial, default, null).Serial, revoked.Reason, revoked.At))
            && template.Revoked.All(revoked => revoked.Numbers.All(number =>
                reader.Certificate(Replication.Fill(plan[revoked.Stem].Files.Certificate, number)) is { } certificate
                && Add(certificate.SerialBytes, revoked.Revocation.Reason, revoked.Revocation.At)));
        return isWhole ? entries : null;
    }

    private FieldDifference? DrawnFault(CrlTemplate template, ParsedCrl script, ParsedCertificate authority)
    {
        (BigInteger first, BigInteger last) = (_earliest.ToUnixTimeSeconds() * 1_000_000, latest.ToUnixTimeSeconds() * 1_000_000);
        if (script.Number is not { } number || number < first || number > last)
        {
            return new FieldDifference("cRLNumber", $"{first} to {last}", $"{script.Number}");
        }

        // A list that lasts as long as its authority may be told how long that is: then it ends some seconds later.
        (DateTimeOffset from, DateTimeOffset to, DateTimeOffset end, DateTimeOffset lastEnd) = template.Validity is { } validity
            ? (validity.From.At(_earliest), validity.From.At(latest), validity.Until.At(_earliest), validity.Until.At(latest))
            : (_earliest, latest, CrlTemplate.EndFor((authority.NotBefore, authority.NotAfter), _earliest),
                CrlTemplate.EndFor((authority.NotBefore, authority.NotAfter), latest) + (latest - _earliest));
        return script.ThisUpdate < from || script.ThisUpdate > to || script.NextUpdate < end || script.NextUpdate > lastEnd || script.NextUpdate is null
            ? new FieldDifference("dates", $"{TimeText.Of(from)} to {TimeText.Of(end)}", $"{TimeText.Of(script.ThisUpdate)} to {(script.NextUpdate is { } next ? TimeText.Of(next) : "nothing")}")
            : null;
    }
}
