namespace MtlsScenario.Faults;

/// <summary>What it means that somebody accepts a fault.</summary>
internal enum FaultGrade
{
    /// <summary>It must be refused: who accepts it lets in people that it should not.</summary>
    A,

    /// <summary>Whether it is refused is a matter of policy.</summary>
    B,

    /// <summary>It is shown, and judged by nobody.</summary>
    C,
}
