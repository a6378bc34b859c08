namespace MtlsScenario.Graphs;

/// <summary>What stands behind a certificate in a drawing.</summary>
internal enum CertificateKind
{
    /// <summary>An authority that nobody above it is known of.</summary>
    Root,

    /// <summary>An authority that another one certifies.</summary>
    Intermediate,

    /// <summary>A party's server certificate.</summary>
    Server,

    /// <summary>A party's client certificate.</summary>
    Client,

    /// <summary>A party's certificate for both.</summary>
    Peer,
}
