namespace MtlsScenario.Model;

/// <summary>Which replicas of a party stand at an end of a connection.</summary>
public enum ReplicaSelection
{
    /// <summary>The first, the middle and the last; of a party without replicas, the party.</summary>
    Sample,

    /// <summary>Each of them.</summary>
    All,

    /// <summary>One, by its number.</summary>
    One,
}
