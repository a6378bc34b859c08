namespace MtlsScenario.Handshakes;

/// <summary>Whether a trial ended as the scenario expects.</summary>
internal enum TrialStatus
{
    /// <summary>It did.</summary>
    Passed,

    /// <summary>It did not.</summary>
    Failed,

    /// <summary>Nobody knows: it was not tried.</summary>
    NotTried,
}
