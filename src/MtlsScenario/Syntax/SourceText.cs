using System.Text;
using System.Text.Unicode;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Syntax;

/// <summary>Bytes to text: UTF-8, with or without a byte order mark.</summary>
internal static class SourceText
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The text; null, and a fault, where the bytes are not UTF-8 text.</summary>
    public static string? Decode(ReadOnlySpan<byte> utf8, FaultList faults)
    {
        if (utf8 is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            faults.Error(
                SourcePosition.Start, DiagnosticCodes.NotText, "the file is UTF-16 text; a scenario is UTF-8", "save it as UTF-8");
            return null;
        }

        if (utf8.StartsWith(ByteOrderMark))
        {
            utf8 = utf8[ByteOrderMark.Length..];
        }

        int nul = utf8.IndexOf((byte)0);
        if (nul >= 0)
        {
            faults.Error(
                PositionAt(utf8[..nul]), DiagnosticCodes.NotText, "the file holds a NUL byte, so it is no text; a scenario is UTF-8 text");
            return null;
        }

        char[] text = new char[utf8.Length];
        if (Utf8.ToUtf16(utf8, text, out int read, out int written, replaceInvalidSequences: false)
            != System.Buffers.OperationStatus.Done)
        {
            faults.Error(
                PositionAt(utf8[..read]),
                DiagnosticCodes.NotText,
                $"byte {utf8[read]:x2} (hexadecimal) is not UTF-8 here; a scenario is UTF-8 text",
                "save it as UTF-8");
            return null;
        }

        return new string(text, 0, written);
    }

    /// <summary>
    /// Whether there is a key or a certificate in the text. That is found before it is read as YAML, for a message about it would
    /// quote a piece of the key.
    /// </summary>
    public static bool IsPem(string text, FaultList faults)
    {
        int start = text.IndexOf("-----BEGIN ", StringComparison.Ordinal);
        if (start < 0)
        {
            return false;
        }

        ReadOnlySpan<char> before = text.AsSpan(0, start);
        faults.Error(
            new SourcePosition(before.Count('\n') + 1, start - before.LastIndexOf('\n')),
            DiagnosticCodes.NotText,
            "here begins a key or a certificate in PEM; a scenario is YAML",
            "`mtls-scenario show` says what such a file holds");
        return true;
    }

    private static SourcePosition PositionAt(ReadOnlySpan<byte> before)
    {
        int line = before.Count((byte)'\n') + 1;
        ReadOnlySpan<byte> lastLine = before[(before.LastIndexOf((byte)'\n') + 1)..];
        return new SourcePosition(line, Encoding.UTF8.GetCharCount(lastLine) + 1);
    }
}
