using System.Collections.Immutable;

namespace MtlsScenario.Graphs.Drawing;

/// <summary>A party: a frame with its name and the boxes of its certificates.</summary>
/// <param name="title">Its name.</param>
/// <param name="boxes">The boxes.</param>
internal sealed class Frame(TextBlock title, ImmutableArray<Box> boxes)
{
    /// <summary>From the frame to the boxes, and between the boxes.</summary>
    public const int Padding = 10;

    /// <summary>Its name.</summary>
    public TextBlock Title => title;

    /// <summary>The boxes, from above.</summary>
    public ImmutableArray<Box> Boxes => boxes;

    /// <summary>The left border.</summary>
    public int X { get; set; }

    /// <summary>The upper border.</summary>
    public int Y { get; private set; }

    /// <summary>The width, the same for all frames.</summary>
    public int Width { get; set; }

    /// <summary>The height.</summary>
    public int Height => Head + boxes.Sum(box => box.Height + Padding);

    /// <summary>Where it is.</summary>
    public Area Area => new(X, Y, Width, Height);

    private int Head => Box.RoundUp(title.Height + Padding);

    /// <summary>Gives it and its boxes their heights.</summary>
    public void Place(int y)
    {
        Y = y;
        int top = y + Head;
        foreach (Box box in boxes)
        {
            box.Y = top;
            top += box.Height + Padding;
        }
    }
}
