using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using MtlsScenario.Handshakes;
using MtlsScenario.X509;

namespace MtlsScenario.Tool.Probing;

/// <summary>What a server may say of a caller: names, serial number and fingerprints of the certificate that was sent.</summary>
internal static class CallerNames
{
    /// <summary>What is shorter may be a word of the answer's own.</summary>
    private const int Shortest = 3;

    /// <summary>A text in which each of them is a mark of its kind, so that two callers are told the same where only they differ.</summary>
    /// <param name="text">What a server said, a character a byte.</param>
    /// <param name="certificate">The caller's certificate, DER; what cannot be read leaves the text as it is.</param>
    public static string Unnamed(string text, ReadOnlyMemory<byte> certificate)
    {
        try
        {
            foreach ((string kind, string word) in Of(certificate).Where(one => one.Word.Length >= Shortest).OrderByDescending(one => one.Word.Length))
            {
                string said = Regex.Escape(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(word)));
                text = Regex.Replace(text, $@"(?<![\p{{L}}\p{{Nd}}]){said}(?![\p{{L}}\p{{Nd}}])", $"\0{kind}\0", RegexOptions.CultureInvariant);
            }
        }
        catch (CryptographicException)
        {
            // It is one of those that are wrong, and the answer to it is held as it is against the others.
        }

        return text;
    }

    private static ImmutableArray<(string Kind, string Word)> Of(ReadOnlyMemory<byte> der)
    {
        if (!ParsedCertificate.TryParse(der, out ParsedCertificate? parsed))
        {
            return [];
        }

        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der.Span);
        return
        [
            .. parsed.Subject.RelativeNames.SelectMany(names => names).Select(name => (name.Oid, name.Value)),
            .. PeerNames.Of(certificate).AlternativeNames.Select(name => ($"{name.Kind}", name.Value)),
            ("serial", $"{parsed.SerialNumber}"),
            .. Hexadecimal("serial", certificate.SerialNumber), .. Hexadecimal("serial", certificate.SerialNumber.TrimStart('0')),
            .. Hexadecimal("sha-1", certificate.Thumbprint), .. Hexadecimal("sha-256", parsed.Fingerprint),
        ];
    }

    private static IEnumerable<(string Kind, string Word)> Hexadecimal(string kind, string digits)
    {
        string apart = string.Join(':', digits.Chunk(2).Select(pair => new string(pair)));
        return new[] { digits, apart }.SelectMany(word => new[] { (kind, word), (kind, word.ToLowerInvariant()) });
    }
}
