using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>
/// A file that is made of other files: which, and of which. What an issuer keeps of a certificate is a copy of its holder's
/// file, although in the plan the issuer has it first: the holder's is the one that is kept in step.
/// </summary>
internal readonly record struct Derivation
{
    /// <summary>The file that a step makes.</summary>
    /// <param name="step">A hand-over, a chain or anchors.</param>
    /// <param name="certificate">The certificate that the step belongs to; null for a final step.</param>
    public Derivation(PlanStep step, PlannedCertificate? certificate = null)
    {
        IsCopy = step is HandOver;
        IsPlaced = step is WriteChain { IsPlaced: true } or WriteAnchors { IsPlaced: true };
        (Inputs, Output) = step is HandOver returned && returned.TargetFile == certificate?.Files.Certificate
            ? ([returned.TargetFile], returned.SourceFile)
            : (step.Inputs, step.Output);
    }

    /// <summary>What it is made of.</summary>
    public ImmutableArray<string> Inputs { get; private init; }

    /// <summary>What is made.</summary>
    public string Output { get; private init; }

    /// <summary>Whether it is the same, byte for byte.</summary>
    public bool IsCopy { get; }

    /// <summary>Whether only its certificates count: whoever made it may have written something around them.</summary>
    public bool IsPlaced { get; }

    /// <summary>The same of one member of a fleet.</summary>
    /// <param name="number">Which one, or null.</param>
    public Derivation At(int? number) => number is null
        ? this
        : this with { Inputs = [.. Inputs.Select(input => Replication.Fill(input, number))], Output = Replication.Fill(Output, number) };
}
