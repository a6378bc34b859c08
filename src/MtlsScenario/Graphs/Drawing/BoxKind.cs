namespace MtlsScenario.Graphs.Drawing;

/// <summary>What a box stands for.</summary>
internal enum BoxKind
{
    /// <summary>An authority's certificate.</summary>
    Authority,

    /// <summary>A party's certificate.</summary>
    Certificate,

    /// <summary>A connection that must be accepted.</summary>
    Accepted,

    /// <summary>A connection that must be rejected.</summary>
    Rejected,
}
