using MtlsScenario.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MtlsScenario.Syntax;

/// <summary>YamlDotNet's events one by one; what it throws becomes a fault at its place.</summary>
internal sealed class EventReader(Parser parser, FaultList faults)
{
    /// <summary>Where the event before the current one ended.</summary>
    public SourcePosition PreviousEnd { get; private set; } = SourcePosition.Start;

    /// <summary>The current event; one is there after an <see cref="Advance"/> that returned true.</summary>
    public ParsingEvent Current => parser.Current!;

    /// <summary>A mark of YamlDotNet's as a position of ours.</summary>
    public static SourcePosition PositionOf(Mark mark) =>
        new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    /// <summary>Goes to the next event; false at the end, or where the text is not YAML, and then there is a fault.</summary>
    public bool Advance()
    {
        if (parser.Current is { } current)
        {
            PreviousEnd = PositionOf(current.End);
        }

        try
        {
            return parser.MoveNext();
        }
        catch (YamlException exception)
        {
            Fault(PositionOf(exception.Start), exception.Message);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The parser meets some malformed flow collections with InvalidOperationException and the like, which have no place.
            Malformed();
        }

        return false;
    }

    /// <summary>Reports that the text is malformed after the previous event.</summary>
    public void Malformed() => Fault(PreviousEnd, "this is where the text stops being YAML");

    private void Fault(SourcePosition position, string reason)
    {
        string sentence = reason.TrimEnd('.').Replace("  ", " ", StringComparison.Ordinal);
        string lower = sentence.Length > 1 && char.IsLower(sentence[1])
            ? char.ToLowerInvariant(sentence[0]) + sentence[1..]
            : sentence;
        faults.Error(position, DiagnosticCodes.YamlSyntax, $"not YAML: {VisibleText.Of(lower)}");
    }
}
