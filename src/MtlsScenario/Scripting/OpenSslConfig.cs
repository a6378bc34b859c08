using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>
/// A configuration for openssl that a script writes: a here-document, in which no shell sees anything, and where a line
/// has characters that must not stand in a script, <c>printf</c>.
/// </summary>
internal sealed class OpenSslConfig
{
    private const string End = "END";

    private readonly ImmutableArray<(string Text, bool IsCommand)>.Builder _parts =
        ImmutableArray.CreateBuilder<(string Text, bool IsCommand)>();

    /// <summary>Whether a here-document can say all of it.</summary>
    private bool IsDocument => _parts.All(part => !part.IsCommand && !IsHidden(part.Text));

    /// <summary>A configuration; in a fleet it begins with the replica's number, for which <c>${n}</c> then stands.</summary>
    public static OpenSslConfig For(PlannedCertificate certificate)
    {
        var file = new OpenSslConfig();
        if (certificate.Replicas is not null)
        {
            file.Commands($"printf 'n = %s\\n' \"${Loop.Number}\"");
        }

        return file;
    }

    /// <summary>A section, after an empty line where something stands above it.</summary>
    public void Section(string name)
    {
        if (_parts.Count > 0)
        {
            _parts.Add(("", false));
        }

        _parts.Add(($"[{name}]", false));
    }

    /// <summary>A value that is ours, or that <see cref="ConfigValue"/> wrote.</summary>
    public void Set(string name, string value) => _parts.Add(($"{name} = {value}", false));

    /// <summary>Lines of shell whose output stands here.</summary>
    public void Commands(params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines)
        {
            _parts.Add((line, true));
        }
    }

    /// <summary>Writes the shell that writes it.</summary>
    /// <param name="script">Where to.</param>
    /// <param name="file">The word for the file.</param>
    public void Write(ScriptText script, string file)
    {
        if (IsDocument)
        {
            script.Line($"cat >{file} <<'{End}'");
            WriteDocument(script, _parts.Select(part => part.Text));
            return;
        }

        script.Open("{");
        WriteParts(script);
        script.Close($"}} >{file}");
    }

    /// <summary>Writes a command that reads it from its standard input, which openssl calls <c>-</c>.</summary>
    /// <param name="script">Where to.</param>
    /// <param name="parts">The command and its options.</param>
    public void Feed(ScriptText script, IEnumerable<string> parts)
    {
        if (IsDocument)
        {
            script.Filled([.. parts, $"<<'{End}'"]);
            WriteDocument(script, _parts.Select(part => part.Text));
            return;
        }

        script.Open("{");
        WriteParts(script);
        script.Close("} |");
        script.Filled(parts);
    }

    private void WriteParts(ScriptText script)
    {
        for (int index = 0; index < _parts.Count;)
        {
            (string text, bool isCommand) = _parts[index];
            if (isCommand || IsHidden(text))
            {
                script.Line(isCommand ? text : $"printf {ShellQuoting.PrintfFormat(text)}");
                index++;
                continue;
            }

            int end = index;
            while (end < _parts.Count && !_parts[end].IsCommand && !IsHidden(_parts[end].Text))
            {
                end++;
            }

            script.Line($"cat <<'{End}'");
            WriteDocument(script, _parts.Skip(index).Take(end - index).Select(part => part.Text));
            index = end;
        }
    }

    /// <summary>Whether a reader of the script would not see what stands there.</summary>
    private static bool IsHidden(string text) => !string.Equals(VisibleText.Of(text), text, StringComparison.Ordinal);

    private static void WriteDocument(ScriptText script, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            script.Verbatim(line + "\n");
        }

        script.Verbatim(End + "\n");
    }
}
