namespace MtlsScenario.Configs;

/// <summary>By which names a server can be told to let in callers.</summary>
internal enum AdmissionSupport
{
    /// <summary>By those that <c>admits</c> can name: the only common name, and the subject alternative names.</summary>
    EveryName,

    /// <summary>By the only common name.</summary>
    CommonNames,

    /// <summary>By none: it lets in whoever it can verify.</summary>
    None,
}
