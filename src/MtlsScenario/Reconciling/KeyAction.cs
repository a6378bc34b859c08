namespace MtlsScenario.Reconciling;

/// <summary>What becomes of a key.</summary>
internal enum KeyAction
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>There is none yet.</summary>
    Generate,

    /// <summary>The one that is there is put aside, and a new one takes its place.</summary>
    Replace,
}
