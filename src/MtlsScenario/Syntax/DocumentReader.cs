using MtlsScenario.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MtlsScenario.Syntax;

/// <summary>Text to nodes: YAML 1.2, one document, within <see cref="DocumentLimits"/>.</summary>
internal static class DocumentReader
{
    /// <summary>The document's root; null where there is none to go on with, and then the faults say why.</summary>
    public static SyntaxNode? Read(ReadOnlyMemory<byte> utf8, FaultList faults)
    {
        if (utf8.Length > DocumentLimits.Bytes)
        {
            faults.Error(
                SourcePosition.Start,
                DiagnosticCodes.FileTooLarge,
                $"the file has more than {DocumentLimits.Bytes} bytes (1 MiB), which is the most that a scenario has");
            return null;
        }

        return SourceText.Decode(utf8.Span, faults) is { } text && !SourceText.IsPem(text, faults) ? Parse(text, faults) : null;
    }

    private static SyntaxNode? Parse(string text, FaultList faults)
    {
        var events = new EventReader(new Parser(new Scanner(new StringReader(text), skipComments: true)), faults);
        if (!events.Advance() || !events.Advance())
        {
            return null;
        }

        if (events.Current is StreamEnd)
        {
            faults.Error(
                SourcePosition.Start,
                DiagnosticCodes.EmptyFile,
                "the file holds no scenario",
                "`mtls-scenario init` writes one to start from");
            return null;
        }

        SyntaxNode? root = events.Advance() ? new NodeReader(events, faults).Read() : null;
        if (root is null || !events.Advance() || !events.Advance())
        {
            return null;
        }

        if (events.Current is DocumentStart second)
        {
            faults.Error(
                EventReader.PositionOf(second.Start),
                DiagnosticCodes.SeveralDocuments,
                "a second document begins here; a file holds one scenario",
                "put it into a file of its own");
            return null;
        }

        return root;
    }
}
