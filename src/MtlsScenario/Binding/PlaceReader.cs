using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>Reads which certificate is adopted, and where the files of one are.</summary>
internal static class PlaceReader
{
    private const int FingerprintLength = 64;

    /// <summary>The fingerprint without its colons, in upper case; null, and a fault, where it is none.</summary>
    public static string? ReadFingerprint(Field field, FaultList faults)
    {
        if (field.Text(faults, "a SHA-256 fingerprint") is not { } text)
        {
            return null;
        }

        string digits = text.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();
        if (digits.Length == FingerprintLength && digits.All(char.IsAsciiHexDigit))
        {
            return digits;
        }

        faults.Error(
            field.Position,
            DiagnosticCodes.InvalidFingerprint,
            $"{VisibleText.Quoted(text)} is no SHA-256 fingerprint: 64 hexadecimal digits, colons allowed",
            "openssl x509 -in FILE -noout -fingerprint -sha256 prints it");
        return null;
    }

    /// <summary>The places; what cannot be one is left out, with a fault.</summary>
    /// <param name="field">A mapping of kinds of file to paths.</param>
    /// <param name="isAuthority">Whether they are an authority's, which neither trusts nor presents.</param>
    /// <param name="faults">Where the faults go.</param>
    public static CertificatePlaces? Read(Field field, bool isAuthority, FaultList faults)
    {
        if (field.Mapping(faults, "a mapping of crt, key, csr, chain or trust to paths") is not { } mapping)
        {
            return null;
        }

        var fields = new Fields(mapping.Position, mapping);
        fields.CheckKeys(
            isAuthority ? FormatKeys.Files[..3] : FormatKeys.Files,
            isAuthority ? "an authority's files" : "a certificate's files",
            faults);
        string? Path(string key) => fields[key] is { } path ? ReadPath(path, faults) : null;
        return new CertificatePlaces
        {
            Certificate = Path("crt"),
            Key = Path("key"),
            Request = Path("csr"),
            Chain = isAuthority ? null : Path("chain"),
            Trust = isAuthority ? null : Path("trust"),
        };
    }

    private static string? ReadPath(Field field, FaultList faults)
    {
        if (field.Text(faults, "a path") is not { } text)
        {
            return null;
        }

        string? why = text switch
        {
            _ when text.Any(char.IsControl) || text.Contains('\\', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal) => "has a character that no path has everywhere",
            _ when Replication.IsIn(text) => "has a placeholder, and files does not go with replicas",
            _ when text.Split('/').Any(part => part is "" or "." or "..") => "does not stay in the folder of the certificates",
            _ when Planning.FileNames.IsTemporary(text.Split('/')[^1]) || Planning.FileNames.IsOwn(text.Split('/')[^1]) => "is a name that this tool keeps for itself",
            _ => null,
        };
        if (why is null)
        {
            return text;
        }

        faults.Error(
            field.Position,
            DiagnosticCodes.InvalidPath,
            $"{VisibleText.Quoted(text)} {why}",
            "write a path in that folder, with / between, such as private/ca.key");
        return null;
    }
}
