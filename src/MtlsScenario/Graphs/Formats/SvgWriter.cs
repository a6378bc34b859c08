using System.Globalization;
using System.Text;
using MtlsScenario.Graphs.Drawing;

namespace MtlsScenario.Graphs.Formats;

/// <summary>Writes a diagram as SVG 1.1 with a style sheet of its own: no script, no font, nothing that is fetched.</summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder _text = new();

    private SvgWriter()
    {
    }

    /// <summary>A file that stands on its own, ending in a newline.</summary>
    public static string WriteFile(Diagram diagram)
    {
        var writer = new SvgWriter();
        writer.Line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        writer.Append(diagram, withStyle: true);
        return writer._text.ToString();
    }

    /// <summary>An element for an HTML page whose own style sheet has <see cref="SvgStyle.Css"/>.</summary>
    public static string WriteElement(Diagram diagram)
    {
        var writer = new SvgWriter();
        writer.Append(diagram, withStyle: false);
        return writer._text.ToString();
    }

    private void Append(Diagram diagram, bool withStyle)
    {
        Line(Invariant(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"mtls-graph\" role=\"img\" aria-labelledby=\"mtls-graph-title\" width=\"{diagram.Width}\" height=\"{diagram.Height}\" viewBox=\"0 0 {diagram.Width} {diagram.Height}\">"));
        Line($"<title id=\"mtls-graph-title\">{MarkupText.Escape(diagram.Graph.Name)}: {diagram.Subject}</title>");
        if (withStyle)
        {
            Line($"<style>\n{SvgStyle.Css}</style>");
        }

        Line(Invariant($"<rect class=\"paper\" width=\"{diagram.Width}\" height=\"{diagram.Height}\"/>"));
        foreach (Frame frame in diagram.Frames)
        {
            Rectangle("frame", frame.Area, 8);
        }

        foreach (IGrouping<Net, Wire> wires in diagram.Wires.GroupBy(wire => wire.Net))
        {
            Append(wires.Key, wires);
        }

        foreach (Box box in diagram.Boxes)
        {
            Append(box);
        }

        // Marks lie on the borders of boxes, so they come after them.
        foreach (Wire wire in diagram.Wires)
        {
            AppendMarks(wire);
        }

        foreach (LegendEntry entry in diagram.Legend)
        {
            Append(entry);
        }

        foreach (TextLine line in diagram.AllTexts)
        {
            Append(line);
        }

        Line("</svg>");
    }

    private void Append(Box box)
    {
        string style = box.Kind switch
        {
            BoxKind.Authority => "authority",
            BoxKind.Certificate => "certificate",
            BoxKind.Accepted => "accepted-box",
            BoxKind.Rejected => "rejected-box",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        style += box.IsRevoked ? " revoked" : "";
        int radius = box.Kind == BoxKind.Certificate ? 3 : 10;
        if (box.IsMany)
        {
            Rectangle(style, box.Area with { X = box.X + 4, Y = box.Y + 4 }, radius);
        }

        Rectangle(style, box.Area, radius);
    }

    /// <summary>All of a net: under the pointer it stands out as a whole, and says what it means.</summary>
    private void Append(Net net, IEnumerable<Wire> wires)
    {
        var path = new StringBuilder();
        foreach (Wire wire in wires)
        {
            if (wire.Top != wire.Bottom)
            {
                path.Append(CultureInfo.InvariantCulture, $"M{wire.X} {wire.Top}V{wire.Bottom}");
            }

            foreach (WireTip tip in wire.Tips.Where(tip => tip.X != wire.X))
            {
                path.Append(CultureInfo.InvariantCulture, $"M{wire.X} {tip.Y}H{tip.X}");
            }
        }

        Line($"<g class=\"net\"><title>{MarkupText.Escape(net.Meaning)}</title>");
        Line($"<path class=\"reach\" d=\"{path}\"/>");
        Line($"<path class=\"wire {StyleOf(net.Kind)}\" d=\"{path}\"/></g>");
    }

    private void AppendMarks(Wire wire)
    {
        // Where a line branches, a dot tells it from one that crosses.
        (int top, int bottom) = (wire.Top, wire.Bottom);
        foreach (WireTip tip in wire.Tips.Where(tip => tip.Y != top && tip.Y != bottom))
        {
            Line(Invariant($"<circle class=\"dot {StyleOf(wire.Kind)}\" cx=\"{wire.X}\" cy=\"{tip.Y}\" r=\"3\"/>"));
        }

        foreach (WireTip tip in wire.Tips.Where(tip => tip.Mark != WireMark.None))
        {
            AppendMark(wire.Kind, tip, Math.Sign(tip.X - wire.X));
        }
    }

    private void AppendMark(WireKind kind, WireTip tip, int direction)
    {
        int back = tip.X - (7 * direction);
        string path = tip.Mark == WireMark.Arrow
            ? Invariant($"M{back} {tip.Y - 4}L{tip.X} {tip.Y}L{back} {tip.Y + 4}")
            : Invariant($"M{back - 4} {tip.Y - 4}l8 8m0 -8l-8 8");
        Line($"<path class=\"mark {StyleOf(kind)}\" d=\"{path}\"/>");
    }

    private void Append(LegendEntry entry)
    {
        int y = entry.Sample.Y + (entry.Sample.Height / 2);
        Line(Invariant($"<path class=\"wire {StyleOf(entry.Kind)}\" d=\"M{entry.Sample.X} {y}H{entry.Sample.Right}\"/>"));
        AppendMark(entry.Kind, new WireTip(entry.Sample.Right, y, entry.Kind == WireKind.Rejected ? WireMark.Cross : WireMark.Arrow), 1);
    }

    private void Append(TextLine line)
    {
        string style = line.Style switch
        {
            TextStyle.Strong => " class=\"strong\"",
            TextStyle.Quiet => " class=\"quiet\"",
            _ => "",
        };
        string fit = TextMeasure.IsKnown(line.Text)
            ? ""
            : Invariant($" textLength=\"{line.Area.Width}\" lengthAdjust=\"spacingAndGlyphs\"");
        Line(Invariant($"<text{style} x=\"{line.Area.X}\" y=\"{line.Baseline}\"{fit}>{MarkupText.Escape(line.Text)}</text>"));
    }

    private void Rectangle(string style, Area area, int radius) => Line(Invariant(
        $"<rect class=\"{style}\" x=\"{area.X}.5\" y=\"{area.Y}.5\" width=\"{area.Width - 1}\" height=\"{area.Height - 1}\" rx=\"{radius}\"/>"));

    private static string StyleOf(WireKind kind) => kind switch
    {
        WireKind.Signs => "signs",
        WireKind.Trusts => "trusts",
        WireKind.Accepted => "accepted",
        WireKind.Rejected => "rejected",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Line(string line) => _text.Append(line).Append('\n');
}
