namespace MtlsScenario.Configs;

/// <summary>By which names a server can be told to let in callers, from most to fewest.</summary>
internal enum AdmissionSupport
{
    /// <summary>By those that <c>admits</c> can name: the only common name, and the subject alternative names.</summary>
    EveryName,

    /// <summary>By the only common name.</summary>
    CommonNames,

    /// <summary>By the only common name, of which a <c>*</c> stands for those that the scenario knows.</summary>
    KnownNames,

    /// <summary>By the whole subject, of callers that the scenario knows.</summary>
    KnownSubjects,

    /// <summary>By none: it lets in whoever it can verify.</summary>
    None,

    /// <summary>It is no server: who gets in is for whoever serves with what it makes.</summary>
    Elsewhere,
}
