namespace MtlsScenario.Reconciling;

/// <summary>What becomes of a key.</summary>
/// <param name="OnDisk">What stands in its place.</param>
/// <param name="Action">What is done.</param>
/// <param name="Reason">Why, or null.</param>
/// <param name="Seeded">The public half, DER, of the key that will come of a seed; null where there is no seed.</param>
internal sealed record KeyDecision(KeyOnDisk OnDisk, KeyAction Action, Reason? Reason, ReadOnlyMemory<byte>? Seeded = null)
{
    /// <summary>No key yet. (In a conditional a bare null would become an empty memory, by way of an array.)</summary>
    public static ReadOnlyMemory<byte>? NotYet => null;

    /// <summary>The public half, DER; null where the key is yet to be drawn.</summary>
    public ReadOnlyMemory<byte>? PublicKey =>
        Action == KeyAction.Keep && OnDisk is KeyOnDisk.Present present ? present.SubjectPublicKeyInfo : Seeded;
}

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
