using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MtlsScenario.Stores;

/// <summary>
/// Reads what a manifest of a Secret or a ConfigMap has in <c>data</c>, as it is written here and as <c>kubectl get -o yaml</c>
/// prints it: in bytes throughout, so that a key never becomes a string.
/// </summary>
internal static class KubernetesReader
{
    /// <summary>The entry of a Secret with the key.</summary>
    public const string Key = "tls.key";

    /// <summary>Whether a file looks like one.</summary>
    public static bool IsManifest(ReadOnlySpan<byte> file) =>
        Value(file, "kind"u8) is var kind && (kind.SequenceEqual("Secret"u8) || kind.SequenceEqual("ConfigMap"u8));

    /// <summary>One entry.</summary>
    /// <returns>What the caller clears; null where it is not there, or no base64.</returns>
    public static byte[]? Find(ReadOnlySpan<byte> file, string name)
    {
        foreach ((string entry, byte[] content) in Read(file))
        {
            if (entry == name)
            {
                return content;
            }

            CryptographicOperations.ZeroMemory(content);
        }

        return null;
    }

    /// <summary>The entries, in order: base64 of a Secret, a block of text of a ConfigMap.</summary>
    /// <returns>Names and what the caller clears.</returns>
    public static IReadOnlyList<(string Name, byte[] Content)> Read(ReadOnlySpan<byte> file)
    {
        var entries = new List<(string Name, byte[] Content)>();
        bool isData = false;
        for (int position = 0; position < file.Length;)
        {
            ReadOnlySpan<byte> line = Line(file, ref position);
            if (line.IsEmpty || line[0] != (byte)' ')
            {
                isData = line.SequenceEqual("data:"u8);
                continue;
            }

            ReadOnlySpan<byte> said = line.TrimStart((byte)' ');
            int colon = said.IndexOf(": "u8);
            if (!isData || colon < 0)
            {
                continue;
            }

            ReadOnlySpan<byte> value = said[(colon + 2)..];
            byte[]? content = value.SequenceEqual("|"u8) ? Block(file, ref position, line.Length - said.Length) : Decoded(value);
            if (content is not null)
            {
                entries.Add((Encoding.UTF8.GetString(said[..colon]), content));
            }
        }

        return entries;
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> file, ReadOnlySpan<byte> key)
    {
        for (int position = 0; position < file.Length;)
        {
            ReadOnlySpan<byte> line = Line(file, ref position);
            if (line.StartsWith(key) && line[key.Length..].StartsWith(": "u8))
            {
                return line[(key.Length + 2)..];
            }
        }

        return default;
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> file, scoped ref int position)
    {
        ReadOnlySpan<byte> rest = file[position..];
        int end = rest.IndexOf((byte)'\n');
        position += end < 0 ? rest.Length : end + 1;
        return (end < 0 ? rest : rest[..end]).TrimEnd(" \r"u8);
    }

    /// <summary>The lines below that are further to the right, without what they all begin with.</summary>
    private static byte[] Block(ReadOnlySpan<byte> file, scoped ref int position, int indentation)
    {
        var text = new ArrayBufferWriter<byte>();
        while (position < file.Length)
        {
            int next = position;
            ReadOnlySpan<byte> line = Line(file, ref next);
            ReadOnlySpan<byte> said = line.TrimStart((byte)' ');
            if (!said.IsEmpty && line.Length - said.Length <= indentation)
            {
                break;
            }

            text.Write(said);
            text.Write("\n"u8);
            position = next;
        }

        return text.WrittenSpan.ToArray();
    }

    private static byte[]? Decoded(ReadOnlySpan<byte> text)
    {
        byte[] buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        bool isDone = Base64.DecodeFromUtf8(text, buffer, out _, out int length) == OperationStatus.Done;
        byte[]? content = isDone ? buffer[..length] : null;
        CryptographicOperations.ZeroMemory(buffer);
        return content;
    }
}
