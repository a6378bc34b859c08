namespace MtlsScenario.Handshakes;

/// <summary>Whether a trial ended as the scenario expects.</summary>
internal enum TrialStatus
{
    /// <summary>The trial ended as the scenario expects.</summary>
    Passed,

    /// <summary>The trial ended otherwise, or in a way that does not say what was expected.</summary>
    Failed,

    /// <summary>The stack cannot play the trial, so nobody knows how it would end.</summary>
    NotTried,
}
