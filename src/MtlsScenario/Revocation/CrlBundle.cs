using MtlsScenario.X509;

namespace MtlsScenario.Revocation;

/// <summary>Several CRLs in one PEM file.</summary>
internal static class CrlBundle
{
    /// <summary>The first CRL of each file, one after the other; what is missing is left out.</summary>
    /// <returns>The bundle; null where nothing would be in it.</returns>
    public static byte[]? Make(IEnumerable<byte[]?> files)
    {
        using var bundle = new MemoryStream();
        foreach (byte[]? file in files)
        {
            if (file is not null && ParsedCrl.TryRead(file, out ParsedCrl? crl))
            {
                bundle.Write(Pem.Encode(Pem.Crl, crl.Der.Span));
            }
        }

        return bundle.Length == 0 ? null : bundle.ToArray();
    }
}
