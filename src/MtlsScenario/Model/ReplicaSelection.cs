namespace MtlsScenario.Model;

/// <summary>Which replicas of a party stand at an end of a connection.</summary>
public enum ReplicaSelection
{
    /// <summary>The first, the middle and the last; of a party without replicas, the party.</summary>
    Sample,

    /// <summary>Each replica.</summary>
    All,

    /// <summary>One replica, by its number.</summary>
    One,
}
