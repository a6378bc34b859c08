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
}
