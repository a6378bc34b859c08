namespace MtlsScenario.Graphs.Drawing;

/// <summary>What a line between two boxes says.</summary>
internal enum WireKind
{
    /// <summary>From an authority to what it signs.</summary>
    Signs,

    /// <summary>From one who trusts to the authority.</summary>
    Trusts,

    /// <summary>A connection that must be accepted.</summary>
    Accepted,

    /// <summary>A connection that must be rejected.</summary>
    Rejected,
}
