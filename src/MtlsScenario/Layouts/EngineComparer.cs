using System.Collections.Immutable;
using System.Formats.Asn1;
using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>
/// Compares what a script left in a folder with what the native issuer makes with the same keys. Nothing is masked: a
/// serial that the script drew, and dates that count from the moment of its run, are first judged and then taken over, so
/// that all bytes can be compared.
/// </summary>
/// <param name="plan">The plan that the script carried out.</param>
/// <param name="reader">The folder.</param>
/// <param name="earliest">A moment before the run, UTC.</param>
/// <param name="latest">A moment after it, UTC.</param>
/// <param name="passwords">The passwords of stores and encrypted keys.</param>
internal sealed class EngineComparer(
    Plan plan, FolderReader reader, DateTimeOffset earliest, DateTimeOffset latest, StorePasswords passwords)
{
    private static readonly FieldDifference _signatureDiffers = new("signature", "verifies", "another, or another encoding");

    private readonly NativeIssuer _issuer = new();
    private readonly FormatExaminer _formats = new(reader, passwords, seed: null);

    /// <summary>The comparison of every certificate, request, chain, anchors file and copy, in the plan's order.</summary>
    public IEnumerable<FileComparison> Compare(CancellationToken cancellationToken)
    {
        foreach (PlannedCertificate planned in plan.Certificates.Where(certificate => !certificate.IsExternal))
        {
            foreach (PlannedMember member in planned.Members)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (FileComparison comparison in Compare(member))
                {
                    yield return comparison;
                }
            }
        }

        foreach (FinalStep final in plan.FinalSteps)
        {
            foreach (int? number in Replication.Numbers(final.Replicas))
            {
                yield return final.Step is WriteFormat format ? CompareFormat(format, final.Derived(number).Output, number) : CompareDerived(final.Derived(number));
            }
        }

        var crls = new CrlComparer(plan, reader, earliest, latest);
        foreach (FinalStep final in plan.CrlSteps)
        {
            foreach (int? number in Replication.Numbers(final.Replicas))
            {
                yield return final.Step is SignCrl sign ? crls.Compare(sign) : crls.Compare((WriteCrls)final.Step, final.Derived(number).Output);
            }
        }
    }

    /// <summary>The comparison of the files in which openssl draws what it cannot be told.</summary>
    public IEnumerable<FileComparison> CompareDrawn() =>
        from final in plan.FinalSteps
        let format = final.Step as WriteFormat
        where format is not null && !DrawnFor(format).IsEmpty
        from number in Replication.Numbers(final.Replicas)
        select CompareFormat(format, final.Derived(number).Output, number);

    private IEnumerable<FileComparison> Compare(PlannedMember member)
    {
        (PlannedCertificate planned, int? number) = member;
        using PrivateKey? key = ReadKey(member.KeyFile);
        if (key is null || key.Algorithm != planned.Key)
        {
            string found = key is null ? "no key that can be read" : KeyNames.Of(key.Algorithm);
            yield return FileComparison.Fault(member.KeyFile, "key", KeyNames.Of(planned.Key!.Value), found);
            yield break;
        }

        if (planned.KeepsRequest)
        {
            yield return CompareRequest(planned, key, number, member.RequestFile);
        }

        // A file that is its chain too is one file: what is wrong with either is wrong with it.
        bool IsChain(PlanStep step) => step is WriteChain && planned.Files.Chain == planned.Files.Certificate;
        FileComparison? chain = planned.Steps.Where(IsChain).Select(step => CompareDerived(member.Derived(step))).FirstOrDefault(one => one.Equality != ByteEquality.ByteForByte);
        yield return chain ?? CompareCertificate(planned, key, number, member.CertificateFile);
        foreach (PlanStep step in planned.Steps.Where(step => step is HandOver or WriteChain && !IsChain(step)))
        {
            yield return CompareDerived(member.Derived(step));
        }
    }

    private FileComparison CompareRequest(PlannedCertificate planned, PrivateKey key, int? number, string file)
    {
        if (reader.Read(file).Bytes is not { } pem || !Pem.TryDecode(pem, Pem.CertificateRequest, out byte[] script))
        {
            return FileComparison.Fault(file, "request", "there", "none that can be read");
        }

        byte[] native = _issuer.Request(planned.Request!, key, number);
        if (native.AsSpan().SequenceEqual(script))
        {
            return CompareText(file, Pem.Encode(Pem.CertificateRequest, native), pem, []);
        }

        ImmutableArray<FieldDifference> differences = RequestFieldDifferences.Differences(native, script);
        if (differences.IsEmpty && key.Algorithm.HasRandomSignatures() && IsSameButSignature(native, script, key.SubjectPublicKeyInfo))
        {
            // What is written otherwise stays different, whatever the signatures.
            FileComparison text = CompareText(file, Pem.Encode(Pem.CertificateRequest, script), pem, []);
            return text.Equality == ByteEquality.ByteForByte ? text with { Equality = ByteEquality.ToBeSigned } : text;
        }

        return new FileComparison(file, ByteEquality.Different, [], differences.IsEmpty ? [_signatureDiffers] : differences);
    }

    private static bool IsSameButSignature(byte[] native, byte[] script, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        using PublicKey? key = PublicKey.TryRead(subjectPublicKeyInfo);
        (ReadOnlyMemory<byte> Signed, ReadOnlyMemory<byte> Algorithm, byte[] Signature) first = Parts(native);
        (ReadOnlyMemory<byte> Signed, ReadOnlyMemory<byte> Algorithm, byte[] Signature) second = Parts(script);
        return first.Signed.Span.SequenceEqual(second.Signed.Span)
            && first.Algorithm.Span.SequenceEqual(second.Algorithm.Span)
            && key is not null
            && new[] { first, second }.All(part =>
                key.Verifies(part.Signed.Span, part.Signature, SignatureAlgorithm.Read(part.Algorithm)));
    }

    private static (ReadOnlyMemory<byte> Signed, ReadOnlyMemory<byte> Algorithm, byte[] Signature) Parts(byte[] der)
    {
        AsnReader parts = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        return (parts.ReadEncodedValue(), parts.ReadEncodedValue(), parts.ReadBitString(out _));
    }

    private FileComparison CompareCertificate(PlannedCertificate planned, PrivateKey key, int? number, string file)
    {
        if (reader.Read(file).Bytes is not { } pem || !ParsedCertificate.TryRead(pem, out ParsedCertificate? script))
        {
            return FileComparison.Fault(file, "certificate", "there", "none that can be read");
        }

        if (planned.Files.Chain == planned.Files.Certificate)
        {
            // What follows in the file is compared with the chain.
            pem = Pem.Encode(Pem.Certificate, script.Der.Span);
        }

        if (DrawnFault(planned.Template!, script) is { } fault)
        {
            return new FileComparison(file, ByteEquality.Different, [], [fault]);
        }

        CertificateTemplate template = TakeOver(planned.Template!, script, out ImmutableArray<string> drawn);
        using PrivateKey? issuerKey = planned.IsSelfSigned ? null : ReadKey(plan[planned.Issuer!].Files.Key);
        if (Native(planned, template, key, issuerKey, number) is not { } der)
        {
            return FileComparison.Fault(file, "issuer", "there", "its certificate or key cannot be read");
        }

        if (der.AsSpan().SequenceEqual(script.Der.Span))
        {
            return CompareText(file, Pem.Encode(Pem.Certificate, der), pem, drawn);
        }

        PrivateKey signer = issuerKey ?? key;
        if (!ParsedCertificate.TryParse(der, out ParsedCertificate? native))
        {
            throw new System.Diagnostics.UnreachableException();
        }

        if (signer.Algorithm.HasRandomSignatures()
            && native.TbsCertificate.Span.SequenceEqual(script.TbsCertificate.Span)
            && native.IsSignedBy(signer.SubjectPublicKeyInfo) && script.IsSignedBy(signer.SubjectPublicKeyInfo))
        {
            FileComparison text = CompareText(file, Pem.Encode(Pem.Certificate, script.Der.Span), pem, drawn);
            return text.Equality == ByteEquality.ByteForByte ? text with { Equality = ByteEquality.ToBeSigned } : text;
        }

        ImmutableArray<FieldDifference> differences = [.. CertificateFieldDifferences.Differences(native, script)];
        return new FileComparison(
            file,
            ByteEquality.Different,
            drawn,
            differences.IsEmpty ? [_signatureDiffers] : differences);
    }

    private byte[]? Native(
        PlannedCertificate planned, CertificateTemplate template, PrivateKey key, PrivateKey? issuerKey, int? number)
    {
        if (planned.IsSelfSigned)
        {
            return _issuer.SelfSign(template, key, earliest);
        }

        return issuerKey is not null
            && reader.Certificate(plan[planned.Issuer!].Files.Certificate) is { } issuer
            && issuerKey.Matches(issuer.SubjectPublicKeyInfo)
                ? _issuer.Sign(template, key.SubjectPublicKeyInfo.Span, new IssuingAuthority(issuer, issuerKey), earliest, number)
                : null;
    }

    /// <summary>What is wrong with a serial or a date that the script was free to choose, or null.</summary>
    private FieldDifference? DrawnFault(CertificateTemplate template, ParsedCertificate script)
    {
        if (template.Serial is SerialNumber.Random
            && !SerialNumber.IsPossible(script.SerialNumber))
        {
            return new FieldDifference("serialNumber", $"1 to 2^{SerialNumber.MostBits} - 1", $"{script.SerialNumber:D}");
        }

        DateTimeOffset? from = Moment(template.Validity.From, script.NotBefore);
        DateTimeOffset? until = Moment(template.Validity.Until, script.NotAfter);
        foreach (DateTimeOffset moment in new[] { from, until }.OfType<DateTimeOffset>())
        {
            if (moment < Seconds(earliest) || moment > latest)
            {
                return new FieldDifference("validity", "counted from the moment of the run", $"counted from {TimeText.Of(moment)}");
            }
        }

        return from is not null && until is not null && from != until
            ? new FieldDifference(
                "validity",
                $"{TimeText.Of(Length(template.Validity))} long",
                $"{TimeText.Of(script.NotAfter - script.NotBefore)} long")
            : null;
    }

    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static TimeSpan Length(Lifetime validity) =>
        ((TimePoint.Offset)validity.Until).FromNow - ((TimePoint.Offset)validity.From).FromNow;

    /// <summary>The moment from which a relative date counts; null for a fixed one.</summary>
    private static DateTimeOffset? Moment(TimePoint point, DateTimeOffset written) =>
        point is TimePoint.Offset { FromNow: var offset } ? written - offset : null;

    private static CertificateTemplate TakeOver(
        CertificateTemplate template, ParsedCertificate script, out ImmutableArray<string> drawn)
    {
        var taken = ImmutableArray.CreateBuilder<string>();
        if (template.Serial is SerialNumber.Random)
        {
            taken.Add("serial");
            template = template with { Serial = new SerialNumber.Fixed(script.SerialNumber) };
        }

        Lifetime validity = template.Validity;
        if (validity.From is TimePoint.Offset || validity.Until is TimePoint.Offset)
        {
            taken.Add("dates");
            template = template with
            {
                Validity = new Lifetime(
                    validity.From is TimePoint.Offset ? new TimePoint.Instant(script.NotBefore) : validity.From,
                    validity.Until is TimePoint.Offset ? new TimePoint.Instant(script.NotAfter) : validity.Until),
            };
        }

        drawn = taken.ToImmutable();
        return template;
    }

    private FileComparison CompareDerived(Derivation derived)
    {
        byte[]?[] inputs = [.. derived.Inputs.Select(input => reader.Read(input).Bytes)];
        byte[]? native = derived.IsCopy ? inputs[0] : Bundle.TryMake(inputs);
        byte[]? script = reader.Read(derived.Output).Bytes;
        return native is not null && script is not null
            ? CompareText(derived.Output, native, script, [])
            : FileComparison.Fault(derived.Output, "file", "there", "missing, or made of what is missing");
    }

    /// <summary>What openssl drew is read from its file, and the same is written again.</summary>
    private FileComparison CompareFormat(WriteFormat format, string file, int? number) =>
        _formats.Examine(format, number, follows: null) is { } finding
            ? FileComparison.Fault(file, "content", "as apply writes it", finding.Reason.Text)
            : new FileComparison(file, ByteEquality.ByteForByte, DrawnFor(format), []);

    private static ImmutableArray<string> DrawnFor(WriteFormat format) => format switch
    {
        { Kind: ArtifactKind.Pkcs12, Encryption: StoreEncryption.TripleDes } => ["salts"],
        { Kind: ArtifactKind.Pkcs12 or ArtifactKind.EncryptedKey } => ["salts", "IVs"],
        _ => [],
    };

    private static FileComparison CompareText(string file, byte[] native, byte[] script, ImmutableArray<string> drawn) =>
        native.AsSpan().SequenceEqual(script)
            ? new FileComparison(file, ByteEquality.ByteForByte, drawn, [])
            : FileComparison.Fault(file, "text", "the blocks alone, 64 columns", "the same content, written otherwise");

    private PrivateKey? ReadKey(string path) =>
        reader.Read(path).Bytes is { } bytes && PrivateKey.ReadPem(bytes) is KeyReadResult.Read { Key: var key } ? key : null;
}
