namespace MtlsScenario.Graphs.Drawing;

/// <summary>A rectangle in pixels, from the upper left corner.</summary>
internal readonly record struct Area(int X, int Y, int Width, int Height)
{
    /// <summary>The first pixel to the right of it.</summary>
    public int Right => X + Width;

    /// <summary>The first pixel below it.</summary>
    public int Bottom => Y + Height;

    /// <summary>Whether a pixel is in both.</summary>
    public bool Overlaps(Area other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    /// <summary>Whether all of <paramref name="other"/> is in it.</summary>
    public bool Contains(Area other) => X <= other.X && Y <= other.Y && Right >= other.Right && Bottom >= other.Bottom;
}
