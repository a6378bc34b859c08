using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>Names each field in which two certificates differ.</summary>
internal static class CertificateFieldDifferences
{
    private const string None = "none";

    /// <summary>The differences, in the order of RFC 5280 section 4.1.</summary>
    public static IEnumerable<FieldDifference> Differences(ParsedCertificate native, ParsedCertificate script)
    {
        return Compare().OfType<FieldDifference>();

        IEnumerable<FieldDifference?> Compare()
        {
            yield return Difference("version", $"v{native.Version}", $"v{script.Version}");
            yield return Difference(
                "serialNumber",
                native.SerialNumber.ToString(CultureInfo.InvariantCulture),
                script.SerialNumber.ToString(CultureInfo.InvariantCulture));
            yield return Difference(
                "signatureAlgorithm", native.SignatureAlgorithm.Encoded, script.SignatureAlgorithm.Encoded,
                native.SignatureAlgorithm.Name, script.SignatureAlgorithm.Name);
            yield return Difference(
                "issuer", native.Issuer.Der, script.Issuer.Der, native.Issuer.ToString(), script.Issuer.ToString());
            yield return Difference("notBefore", TimeText.Of(native.NotBefore), TimeText.Of(script.NotBefore));
            yield return Difference("notAfter", TimeText.Of(native.NotAfter), TimeText.Of(script.NotAfter));
            yield return Difference(
                "subject", native.Subject.Der, script.Subject.Der, native.Subject.ToString(), script.Subject.ToString());
            yield return Difference("subjectPublicKeyInfo", Hex(native.SubjectPublicKeyInfo), Hex(script.SubjectPublicKeyInfo));
            foreach (FieldDifference difference in ExtensionDifferences(native.Extensions, script.Extensions))
            {
                yield return difference;
            }
        }
    }

    /// <summary>The differences in extensions: each that differs or, where none does, their order.</summary>
    public static IEnumerable<FieldDifference> ExtensionDifferences(
        ImmutableArray<ParsedExtension> native, ImmutableArray<ParsedExtension> script)
    {
        string[] oids = [.. native.Concat(script).Select(extension => extension.Oid).Distinct()];
        bool found = false;
        foreach (string oid in oids)
        {
            ParsedExtension? expected = native.FirstOrDefault(extension => extension.Oid == oid);
            ParsedExtension? there = script.FirstOrDefault(extension => extension.Oid == oid);
            bool isSame = expected is not null && there is not null
                && expected.IsCritical == there.IsCritical && expected.Value.Span.SequenceEqual(there.Value.Span);
            if (!isSame)
            {
                found = true;
                (string one, string other) = (Text(expected), Text(there));
                yield return one == other && expected is not null && there is not null
                    ? new FieldDifference(ExtensionText.Name(oid), Hex(expected.Value), Hex(there.Value))
                    : new FieldDifference(ExtensionText.Name(oid), one, other);
            }
        }

        if (!found && Order(native) != Order(script))
        {
            yield return new FieldDifference("extensions", Order(native), Order(script));
        }
    }

    private static string Order(ImmutableArray<ParsedExtension> extensions) =>
        string.Join(", ", extensions.Select(extension => ExtensionText.Name(extension.Oid)));

    private static string Text(ParsedExtension? extension) => extension is null
        ? None
        : (extension.IsCritical ? "critical, " : "") + ExtensionText.Of(extension);

    private static string Hex(ReadOnlyMemory<byte> value) => Convert.ToHexStringLower(value.Span);

    private static FieldDifference? Difference(string field, string native, string script) =>
        string.Equals(native, script, StringComparison.Ordinal) ? null : new FieldDifference(field, native, script);

    /// <summary>What reads the same may be encoded otherwise; then the bytes are shown.</summary>
    public static FieldDifference? Difference(
        string field, ReadOnlyMemory<byte> native, ReadOnlyMemory<byte> script, string nativeText, string scriptText)
    {
        if (native.Span.SequenceEqual(script.Span))
        {
            return null;
        }

        return string.Equals(nativeText, scriptText, StringComparison.Ordinal)
            ? new FieldDifference(field, Hex(native), Hex(script))
            : new FieldDifference(field, nativeText, scriptText);
    }
}
