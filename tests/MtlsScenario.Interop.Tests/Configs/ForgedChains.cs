using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>
/// Chains that look like one of the scenario's and are signed by somebody else: authorities with the name of the real one and,
/// in every combination, its serial number and its key identifier, presented alone and mixed with the real ones.
/// </summary>
internal static class ForgedChains
{
    /// <summary>What the forged authorities have in common with the real ones, beside the name.</summary>
    [Flags]
    private enum Likeness
    {
        Name = 0,
        Serial = 1,
        KeyIdentifier = 2,
    }

    /// <summary>All forgeries of a chain.</summary>
    /// <param name="leaf">The certificate whose holder the forger wants to pass for.</param>
    /// <param name="intermediate">Who signed it.</param>
    /// <param name="root">Who signed that.</param>
    public static IEnumerable<ForgedChain> Of(X509Certificate2 leaf, X509Certificate2 intermediate, X509Certificate2 root)
    {
        for (Likeness like = 0; like <= (Likeness.Serial | Likeness.KeyIdentifier); like++)
        {
            using ECDsa rootKey = NewKey(), intermediateKey = NewKey(), leafKey = NewKey();
            using X509Certificate2 forgedRoot = Forge(root, rootKey, (root, rootKey), like);
            using X509Certificate2 forged = Forge(intermediate, intermediateKey, (forgedRoot, rootKey), like);
            using X509Certificate2 itsOwn = Forge(intermediate, intermediateKey, null, like);
            using X509Certificate2 below = Forge(leaf, leafKey, (forged, intermediateKey), like);
            using X509Certificate2 belowRoot = Forge(leaf, leafKey, (forgedRoot, rootKey), like);
            ForgedChain Chain(string name, params X509Certificate2[] chain) => new(
                $"{name}, like the real ones in name, {like}",
                string.Concat(chain.Select(certificate => certificate.ExportCertificatePem() + "\n")),
                leafKey.ExportPkcs8PrivateKeyPem());

            yield return Chain("a leaf alone", below);
            yield return Chain("a leaf below a forged intermediate", below, forged);
            yield return Chain("a leaf below a forged intermediate and a forged root", below, forged, forgedRoot);
            yield return Chain("a leaf below a forged intermediate, the real one after it", below, forged, intermediate, root);
            yield return Chain("a leaf below a forged intermediate, the real one before it", below, intermediate, forged, root);
            yield return Chain("a leaf that claims the real intermediate", below, intermediate, root);
            yield return Chain("a leaf below a self-signed intermediate", below, itsOwn);
            yield return Chain("a leaf below a forged root", belowRoot, forgedRoot);
            yield return Chain("a leaf below a forged root, the real one after it", belowRoot, forgedRoot, root);
        }
    }

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A certificate that says what another does, with another key and signature.</summary>
    /// <param name="model">The other.</param>
    /// <param name="key">Its key.</param>
    /// <param name="issuer">Who signs; null where it signs itself.</param>
    /// <param name="like">What it has of the other beside the name.</param>
    private static X509Certificate2 Forge(
        X509Certificate2 model, ECDsa key, (X509Certificate2 Certificate, ECDsa Key)? issuer, Likeness like)
    {
        var request = new CertificateRequest(model.SubjectName, key, HashAlgorithmName.SHA256);
        var own = new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false);
        foreach (X509Extension extension in model.Extensions)
        {
            X509Extension? forged = extension switch
            {
                _ when like.HasFlag(Likeness.KeyIdentifier) => extension,
                X509SubjectKeyIdentifierExtension => own,
                X509AuthorityKeyIdentifierExtension => issuer is { } above && above.Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } identifier
                    ? X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier)
                    : null,
                _ => extension,
            };
            if (forged is not null)
            {
                request.CertificateExtensions.Add(forged);
            }
        }

        byte[] serial = like.HasFlag(Likeness.Serial) ? model.GetSerialNumber().Reverse().ToArray() : [1, .. RandomNumberGenerator.GetBytes(8)];
        return request.Create(
            issuer is null ? model.SubjectName : model.IssuerName,
            X509SignatureGenerator.CreateForECDsa(issuer?.Key ?? key),
            model.NotBefore,
            model.NotAfter,
            serial);
    }
}
