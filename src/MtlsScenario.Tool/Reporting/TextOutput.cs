using System.Text;
using Spectre.Console;

namespace MtlsScenario.Tool.Reporting;

/// <summary>Where Spectre writes a text that is printed later; its own would ask the terminal, and change it by that.</summary>
/// <param name="writer">Takes the text.</param>
/// <param name="width">How many columns a line may have.</param>
internal sealed class TextOutput(TextWriter writer, int width) : IAnsiConsoleOutput
{
    /// <inheritdoc/>
    public TextWriter Writer => writer;

    /// <inheritdoc/>
    public bool IsTerminal => false;

    /// <inheritdoc/>
    public int Width => width;

    /// <inheritdoc/>
    public int Height => int.MaxValue;

    /// <inheritdoc/>
    public void SetEncoding(Encoding encoding)
    {
        // It is text, whatever bytes it becomes.
    }
}
