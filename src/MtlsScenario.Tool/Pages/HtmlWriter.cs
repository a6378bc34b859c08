using System.Text;
using MtlsScenario.Graphs;

namespace MtlsScenario.Tool.Pages;

/// <summary>
/// Writes HTML. Text and attributes are escaped whatever they are, so nothing that a scenario holds becomes markup; what is
/// opened is closed.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>Opens an element, writes what is in it, and closes it.</summary>
    public void Element(string tag, Action content, params (string Name, string? Value)[] attributes)
    {
        Start(tag, attributes);
        _open.Push(tag);
        content();
        _text.Append("</").Append(_open.Pop()).Append('>');
    }

    /// <summary>An element with a text in it.</summary>
    public void Element(string tag, string text, params (string Name, string? Value)[] attributes) =>
        Element(tag, () => Text(text), attributes);

    /// <summary>An element that has no content and no end tag: <c>meta</c>, <c>link</c>.</summary>
    public void Void(string tag, params (string Name, string? Value)[] attributes) => Start(tag, attributes);

    /// <summary>Text.</summary>
    public void Text(string text) => _text.Append(MarkupText.Escape(text));

    /// <summary>A line break in the source, where it makes no difference to the page.</summary>
    public void Line() => _text.Append('\n');

    /// <summary>Markup that was made here, of which every part that is not ours has been escaped.</summary>
    public void Markup(string markup) => _text.Append(markup);

    /// <summary>What was written.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>An attribute whose value is null stands alone: <c>hidden</c>.</summary>
    private void Start(string tag, (string Name, string? Value)[] attributes)
    {
        _text.Append('<').Append(tag);
        foreach ((string name, string? value) in attributes)
        {
            _text.Append(' ').Append(name);
            if (value is not null)
            {
                _text.Append("=\"").Append(MarkupText.Escape(value)).Append('"');
            }
        }

        _text.Append('>');
    }
}
