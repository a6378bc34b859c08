using System.Collections.Immutable;

namespace MtlsScenario.Graphs.Drawing;

/// <summary>Several wrapped lines of text, one below the other.</summary>
/// <param name="Lines">The lines, placed as if the block's upper left corner was at 0,0.</param>
/// <param name="Width">The width of the widest line.</param>
/// <param name="Height">The height of all.</param>
internal sealed record TextBlock(ImmutableArray<TextLine> Lines, int Width, int Height)
{
    /// <summary>Wraps paragraphs.</summary>
    /// <param name="paragraphs">Each begins a line.</param>
    /// <param name="widest">How wide a line may be.</param>
    public static TextBlock Of(IEnumerable<(string Text, TextStyle Style)> paragraphs, int widest)
    {
        ImmutableArray<TextLine>.Builder lines = ImmutableArray.CreateBuilder<TextLine>();
        int width = 0;
        foreach ((string text, TextStyle style) in paragraphs)
        {
            bool isBold = style == TextStyle.Strong;
            foreach (string line in WrappedText.Lines(text, widest, rune => TextMeasure.Width(rune, isBold)))
            {
                int lineWidth = TextMeasure.Width(line, isBold);
                var area = new Area(0, lines.Count * TextMeasure.LineHeight, lineWidth, TextMeasure.LineHeight);
                lines.Add(new TextLine(area, line, style));
                width = Math.Max(width, lineWidth);
            }
        }

        return new TextBlock(lines.ToImmutable(), width, lines.Count * TextMeasure.LineHeight);
    }

    /// <summary>The lines with the block's upper left corner there.</summary>
    public IEnumerable<TextLine> At(int x, int y) =>
        Lines.Select(line => line with { Area = line.Area with { X = line.Area.X + x, Y = line.Area.Y + y } });
}
