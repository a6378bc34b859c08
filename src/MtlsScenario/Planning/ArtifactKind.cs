namespace MtlsScenario.Planning;

/// <summary>The kinds of file that a plan makes.</summary>
internal enum ArtifactKind
{
    /// <summary>A private key, <c>STEM.key</c>.</summary>
    Key,

    /// <summary>A certificate signing request, <c>STEM.csr</c>.</summary>
    Request,

    /// <summary>A certificate, <c>STEM.crt</c>.</summary>
    Certificate,

    /// <summary>A certificate and the intermediates above it, leaf first, <c>STEM.chain.crt</c>.</summary>
    Chain,

    /// <summary>Trust anchors, where they are not exactly one, <c>STEM.trust.crt</c>.</summary>
    Anchors,

    /// <summary>
    /// Certificate revocation lists, <c>STEM.crl</c>: of an authority its own, of a party those that it checks against.
    /// </summary>
    Crl,

    /// <summary>PKCS#12 of the key and what is presented, <c>STEM.p12</c>.</summary>
    Pkcs12,

    /// <summary>PKCS#12 of the trust anchors, <c>STEM.trust.p12</c>.</summary>
    TrustStore,

    /// <summary>The key and then what is presented, <c>STEM.pem</c>.</summary>
    CombinedPem,

    /// <summary>A certificate in DER, <c>STEM.crt.der</c>.</summary>
    CertificateDer,

    /// <summary>A private key in DER, PKCS#8, <c>STEM.key.der</c>.</summary>
    KeyDer,

    /// <summary>A private key in PKCS#1 or SEC1, <c>STEM.traditional.key</c>.</summary>
    TraditionalKey,

    /// <summary>A private key in encrypted PKCS#8, <c>STEM.encrypted.key</c>.</summary>
    EncryptedKey,

    /// <summary>PKCS#7 of what is presented, PEM, <c>STEM.p7b</c>.</summary>
    Pkcs7,

    /// <summary>The manifest of a Kubernetes Secret, <c>STEM.secret.yaml</c>.</summary>
    Secret,

    /// <summary>The manifest of a Kubernetes ConfigMap with the trust anchors, <c>STEM.trust.yaml</c>.</summary>
    TrustConfigMap,
}
