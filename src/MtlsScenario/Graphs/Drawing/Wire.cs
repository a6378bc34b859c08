using System.Collections.Immutable;

namespace MtlsScenario.Graphs.Drawing;

/// <summary>The part of a net in one gap: an upright line, and from it a level one to each end.</summary>
/// <param name="Net">The net.</param>
/// <param name="X">Where the upright line is.</param>
/// <param name="Tips">The ends.</param>
internal sealed record Wire(Net Net, int X, ImmutableArray<WireTip> Tips)
{
    /// <summary>What it says.</summary>
    public WireKind Kind => Net.Kind;

    /// <summary>The upper end of the upright line.</summary>
    public int Top => Tips.Min(tip => tip.Y);

    /// <summary>The lower end of it.</summary>
    public int Bottom => Tips.Max(tip => tip.Y);

    /// <summary>A line that goes straight through a column.</summary>
    public static Wire Straight(Passage passage, int x, int width) => new(
        passage.Port.Net, x, [new WireTip(x, passage.Port.Y, WireMark.None), new WireTip(x + width, passage.Port.Y, WireMark.None)]);
}

/// <summary>An end of a line at a port.</summary>
/// <param name="Port">Where.</param>
/// <param name="Mark">What is drawn there.</param>
internal sealed record WireEnd(Port Port, WireMark Mark = WireMark.None);

/// <summary>An end of a wire in its place.</summary>
/// <param name="X">How far it reaches.</param>
/// <param name="Y">Its height.</param>
/// <param name="Mark">What is drawn there.</param>
internal readonly record struct WireTip(int X, int Y, WireMark Mark);
