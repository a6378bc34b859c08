namespace MtlsScenario.Tool.Reporting;

/// <summary>How much of the trials is printed.</summary>
internal enum TrialTableExtent
{
    /// <summary>Every connection.</summary>
    All,

    /// <summary>What did not pass, and the sum.</summary>
    NotPassed,

    /// <summary>The same, with what shows the rest.</summary>
    NotPassedWithHint,
}
