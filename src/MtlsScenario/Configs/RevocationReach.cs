namespace MtlsScenario.Configs;

/// <summary>Up to where a program checks CRLs on a path.</summary>
internal enum RevocationReach
{
    /// <summary>It checks none, or those of the leaf alone, as Mosquitto and stunnel do.</summary>
    None,

    /// <summary>Up to a root, for which there must be one too, as OpenSSL does.</summary>
    UpToRoots,

    /// <summary>Up to any trust anchor.</summary>
    UpToAnchors,

    /// <summary>Up to any trust anchor, by code that is printed with it and verifies signatures of RSA and EC keys.</summary>
    ByPrintedCode,
}
