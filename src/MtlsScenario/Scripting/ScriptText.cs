using System.Text;

namespace MtlsScenario.Scripting;

/// <summary>The text of a script while it is written: lines, and how deep they are indented.</summary>
internal sealed class ScriptText
{
    private const int Step = 4;
    private const int Width = 110;

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Lines of shell, indented.</summary>
    public void Lines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Line(line);
        }
    }

    /// <summary>A line of shell, indented; an empty one is left empty.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _depth * Step).Append(line);
        }

        _text.Append('\n');
    }

    /// <summary>Lines that stand as they are: a here-document, or a part that was written before.</summary>
    public void Verbatim(string lines) => _text.Append(lines);

    /// <summary>A command, one option a line.</summary>
    /// <param name="command">The program and what follows it at once.</param>
    /// <param name="options">Each with its value.</param>
    public void Command(string command, IEnumerable<string> options)
    {
        string line = command;
        foreach (string option in options)
        {
            Line(line + " \\");
            line = "    " + option;
        }

        Line(line);
    }

    /// <summary>A command with as many of its options on a line as there is room for.</summary>
    /// <param name="parts">What must not be torn apart: the program and its command, each option with its value.</param>
    public void Filled(IEnumerable<string> parts)
    {
        string line = "";
        foreach (string part in parts)
        {
            if (line.Length > 0 && (_depth * Step) + line.Length + part.Length > Width)
            {
                Line(line + " \\");
                line = "   ";
            }

            line = line.Length == 0 ? part : $"{line} {part}";
        }

        Line(line);
    }

    /// <summary>Indents what follows.</summary>
    public void Open(string line)
    {
        Line(line);
        Indent();
    }

    /// <summary>Indents what follows a line that stands already.</summary>
    public void Indent() => _depth++;

    /// <summary>A line between two indented parts, such as <c>else</c>.</summary>
    public void Between(string line)
    {
        _depth--;
        Open(line);
    }

    /// <summary>Ends what <see cref="Open"/> began.</summary>
    public void Close(string line)
    {
        _depth--;
        Line(line);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
