namespace MtlsScenario.X509;

/// <summary>Several certificates in one PEM file: a chain or trust anchors.</summary>
internal static class Bundle
{
    /// <summary>The certificates of several files, one after the other and nothing else.</summary>
    /// <param name="files">What the files hold, each with at least one certificate.</param>
    /// <returns>The bundle, or null where a file is missing or holds no certificate.</returns>
    public static byte[]? TryMake(IEnumerable<byte[]?> files)
    {
        using var bundle = new MemoryStream();
        foreach (byte[]? file in files)
        {
            if (file is null || !Pem.TryDecode(file, Pem.Certificate, out byte[] der))
            {
                return null;
            }

            bundle.Write(Pem.Encode(Pem.Certificate, der));
        }

        return bundle.ToArray();
    }

    /// <summary>Whether two files hold the same certificates in the same order, whatever stands around them.</summary>
    public static bool HaveSame(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) =>
        Blocks(one).SequenceEqual(Blocks(other), StringComparer.Ordinal);

    /// <summary>The certificates of a file, whatever stands around them, but for those that cannot be read.</summary>
    public static IEnumerable<ParsedCertificate> Certificates(ReadOnlyMemory<byte> file) => Pem.Decode(file).Where(block => block.Label == Pem.Certificate)
        .Select(block => ParsedCertificate.TryParse(block.Der, out ParsedCertificate? certificate) ? certificate : null).OfType<ParsedCertificate>();

    private static IEnumerable<string> Blocks(ReadOnlyMemory<byte> file) =>
        Pem.Decode(file).Where(block => block.Label == Pem.Certificate).Select(block => Convert.ToHexString(block.Der));
}
