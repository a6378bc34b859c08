namespace MtlsScenario.Stores;

/// <summary>Why a store or an encrypted key was not opened.</summary>
/// <param name="Kind">In a word.</param>
/// <param name="Reason">A clause without a full stop, safe to print: it quotes nothing of the content.</param>
internal sealed record StoreFault(StoreFaultKind Kind, string Reason);

/// <summary>The kinds of reason.</summary>
internal enum StoreFaultKind
{
    /// <summary>It is another password.</summary>
    WrongPassword,

    /// <summary>It is no such file, or not as it was written.</summary>
    Damaged,

    /// <summary>It is made in a way that is not known here, or would take too long.</summary>
    Unsupported,
}

/// <summary>Carries a fault from where it is found to where the file is opened, and no further.</summary>
#pragma warning disable CA1032 // Nobody else throws it.
internal sealed class StoreFaultException(StoreFaultKind kind, string reason) : Exception(reason)
#pragma warning restore CA1032
{
    /// <summary>The fault.</summary>
    public StoreFault Fault { get; } = new(kind, reason);
}
