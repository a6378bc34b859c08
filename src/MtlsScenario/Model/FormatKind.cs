namespace MtlsScenario.Model;

/// <summary>A further form, beside PEM, in which a party's key, certificates or trust anchors are written.</summary>
public enum FormatKind
{
    /// <summary>PKCS#12 of the key, the certificate and its intermediates, never a root.</summary>
    Pkcs12,

    /// <summary>PKCS#12 of the trust anchors, marked as Java wants them.</summary>
    TrustStore,

    /// <summary>The key and then the chain, in one PEM file.</summary>
    CombinedPem,

    /// <summary>The certificate and the key (PKCS#8), each in DER.</summary>
    Der,

    /// <summary>The key in PKCS#1 (RSA) or SEC1 (EC); other keys have none.</summary>
    Traditional,

    /// <summary>The key in encrypted PKCS#8.</summary>
    Encrypted,

    /// <summary>PKCS#7 of the chain.</summary>
    Pkcs7,

    /// <summary>Manifests of a Secret and of a ConfigMap.</summary>
    Kubernetes,
}
