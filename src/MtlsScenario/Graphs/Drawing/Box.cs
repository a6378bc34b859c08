namespace MtlsScenario.Graphs.Drawing;

/// <summary>A box with text, where lines end. It is given its place by and by.</summary>
internal sealed class Box : IColumnItem
{
    /// <summary>The distance of lines that end at one side, and of all that lines go by: ends alternate between columns.</summary>
    public const int Grid = 10;

    /// <summary>From the border to the text.</summary>
    public const int Padding = 10;

    private readonly List<Port> _left = [];
    private readonly List<Port> _right = [];

    /// <summary>A box around a text.</summary>
    public Box(BoxKind kind, TextBlock text, bool isMany = false)
    {
        Kind = kind;
        Text = text;
        IsMany = isMany;
    }

    /// <summary>What it stands for.</summary>
    public BoxKind Kind { get; }

    /// <summary>What it says.</summary>
    public TextBlock Text { get; }

    /// <summary>Whether it stands for a fleet.</summary>
    public bool IsMany { get; }

    /// <summary>Whether it stands for a certificate that is revoked.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>The left border.</summary>
    public int X { get; set; }

    /// <summary>The upper border.</summary>
    public int Y { get; set; }

    /// <summary>The width, the same for all of a column.</summary>
    public int Width { get; set; }

    /// <summary>What of a height is right for its text and its ports, a multiple of <see cref="Grid"/>.</summary>
    public int Height => RoundUp(Math.Max(Text.Height + (2 * Padding), (Math.Max(_left.Count, _right.Count) + 1) * Grid));

    /// <summary>Where it would like its middle to be.</summary>
    public double Desired { get; set; }

    /// <summary>Where it is.</summary>
    public Area Area => new(X, Y, Width, Height);

    /// <summary>Where lines end on its right.</summary>
    public IReadOnlyList<Port> RightPorts => _right;

    /// <summary>Adds a place where a line ends.</summary>
    public Port AddPort(bool isLeft, Net net)
    {
        var port = new Port(net);
        (isLeft ? _left : _right).Add(port);
        return port;
    }

    /// <summary>Gives its ports their heights, once it has its own.</summary>
    /// <param name="parity">0 or half a grid step: ports of neighbouring columns never are at one height.</param>
    public void PlacePorts(int parity)
    {
        Place(_left, parity);
        Place(_right, parity);
    }

    /// <summary>The next multiple of <see cref="Grid"/>.</summary>
    public static int RoundUp(int value) => (value + Grid - 1) / Grid * Grid;

    private void Place(List<Port> ports, int parity)
    {
        ports.Sort((one, other) => (one.FarHeight, one.Net.Order).CompareTo((other.FarHeight, other.Net.Order)));
        int first = Y + RoundUp((Height - (ports.Count * Grid)) / 2) + parity;
        for (int index = 0; index < ports.Count; index++)
        {
            ports[index].Y = first + (index * Grid);
        }
    }
}
