namespace MtlsScenario.Model;

/// <summary>How a connection ends.</summary>
public enum Outcome
{
    /// <summary>Each end accepts the other.</summary>
    Accepted,

    /// <summary>One end turns the other away.</summary>
    Rejected,
}
