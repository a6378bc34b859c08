using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace MtlsScenario.X509;

/// <summary>
/// The textual encoding of DER (RFC 7468), as openssl writes it: 64 columns, <c>\n</c>, a newline at the end. In bytes
/// throughout, so that a key never becomes a string.
/// </summary>
internal static class Pem
{
    /// <summary>The label of a certificate.</summary>
    public const string Certificate = "CERTIFICATE";

    /// <summary>The label of a PKCS#10 request.</summary>
    public const string CertificateRequest = "CERTIFICATE REQUEST";

    /// <summary>The label of a PKCS#8 key.</summary>
    public const string PrivateKey = "PRIVATE KEY";

    /// <summary>The label of a PKCS#8 key under a password.</summary>
    public const string EncryptedPrivateKey = "ENCRYPTED PRIVATE KEY";

    /// <summary>The label of an RSA key in the form of PKCS#1.</summary>
    public const string Pkcs1 = "RSA PRIVATE KEY";

    /// <summary>The label of an EC key in the form of SEC1.</summary>
    public const string Sec1 = "EC PRIVATE KEY";

    /// <summary>The label of a certificate revocation list.</summary>
    public const string Crl = "X509 CRL";

    private const int BytesPerLine = 48;
    private const int ColumnsPerLine = 64;

    /// <summary>The text of one block, ASCII.</summary>
    public static byte[] Encode(string label, ReadOnlySpan<byte> der)
    {
        byte[] text = GC.AllocateUninitializedArray<byte>(EncodedLength(label, der.Length));
        Encode(label, der, text);
        return text;
    }

    /// <summary>How many bytes a block has.</summary>
    public static int EncodedLength(string label, int derLength)
    {
        int columns = (derLength + 2) / 3 * 4;
        int lines = (columns + ColumnsPerLine - 1) / ColumnsPerLine;
        return "-----BEGIN -----\n-----END -----\n".Length + (2 * label.Length) + columns + lines;
    }

    /// <summary>Writes one block.</summary>
    /// <returns>How many bytes were written: <see cref="EncodedLength"/>.</returns>
    public static int Encode(string label, ReadOnlySpan<byte> der, Span<byte> text)
    {
        int length = Write("-----BEGIN "u8, label, text);
        for (int done = 0; done < der.Length; done += BytesPerLine)
        {
            ReadOnlySpan<byte> line = der.Slice(done, Math.Min(BytesPerLine, der.Length - done));
            if (Base64.EncodeToUtf8(line, text[length..], out _, out int columns) != OperationStatus.Done)
            {
                throw new ArgumentException("The buffer is too short.", nameof(text));
            }

            length += columns;
            text[length++] = (byte)'\n';
        }

        return length + Write("-----END "u8, label, text[length..]);
    }

    /// <summary>
    /// The blocks of a text, in order. Lenient, as openssl is: text before, between and after them is passed over, lines
    /// may end in <c>\r\n</c>, and a block that does not end or whose content is no base64 is left out.
    /// </summary>
    public static IEnumerable<PemBlock> Decode(ReadOnlyMemory<byte> text)
    {
        int position = 0;
        while (TryDecodeNext(text.Span, ref position, out PemBlock? block))
        {
            yield return block;
        }
    }

    /// <summary>The first block with that label.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, string label, out byte[] der)
    {
        int position = 0;
        while (TryDecodeNext(text, ref position, out PemBlock? block))
        {
            if (block.Label == label)
            {
                der = block.Der;
                return true;
            }
        }

        der = [];
        return false;
    }

    /// <summary>The next block from <paramref name="position"/> on, which moves behind it.</summary>
    public static bool TryDecodeNext(
        ReadOnlySpan<byte> text, ref int position, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PemBlock? block)
    {
        block = null;
        while (TryReadLine(text, ref position, out ReadOnlySpan<byte> line))
        {
            if (!TryReadLabel(line, "-----BEGIN "u8, out ReadOnlySpan<byte> label))
            {
                continue;
            }

            int start = position;
            int bodyEnd = position;
            bool isEncrypted = false;
            while (TryReadLine(text, ref position, out line))
            {
                if (TryReadLabel(line, "-----END "u8, out ReadOnlySpan<byte> end))
                {
                    if (end.SequenceEqual(label)
                        && TryDecodeBody(text[start..bodyEnd], out byte[] der))
                    {
                        block = new PemBlock(Encoding.ASCII.GetString(label), der, isEncrypted);
                        return true;
                    }

                    break;
                }

                if (line.Contains((byte)':'))
                {
                    // A header of RFC 1421, as old encrypted keys have them; the body begins below.
                    isEncrypted |= line.StartsWith("Proc-Type:"u8) && line.IndexOf("ENCRYPTED"u8) >= 0;
                    start = position;
                }

                bodyEnd = position;
            }
        }

        return false;
    }

    private static int Write(ReadOnlySpan<byte> boundary, string label, Span<byte> text)
    {
        boundary.CopyTo(text);
        int length = boundary.Length + Encoding.ASCII.GetBytes(label, text[boundary.Length..]);
        "-----\n"u8.CopyTo(text[length..]);
        return length + "-----\n".Length;
    }

    private static bool TryReadLine(ReadOnlySpan<byte> text, ref int position, out ReadOnlySpan<byte> line)
    {
        if (position >= text.Length)
        {
            line = default;
            return false;
        }

        ReadOnlySpan<byte> rest = text[position..];
        int end = rest.IndexOf((byte)'\n');
        line = (end < 0 ? rest : rest[..end]).TrimEnd(" \t\r"u8);
        position = end < 0 ? text.Length : position + end + 1;
        return true;
    }

    private static bool TryReadLabel(ReadOnlySpan<byte> line, ReadOnlySpan<byte> boundary, out ReadOnlySpan<byte> label)
    {
        // A byte order mark before the first line is harmless.
        if (line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        bool isBoundary = line.StartsWith(boundary) && line.EndsWith("-----"u8) && line.Length >= boundary.Length + 5;
        label = isBoundary ? line[boundary.Length..^5] : default;
        return isBoundary;
    }

    private static bool TryDecodeBody(ReadOnlySpan<byte> body, out byte[] der)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(body.Length));
        try
        {
            bool isDone = Base64.DecodeFromUtf8(body, buffer, out _, out int written) == OperationStatus.Done;
            der = isDone ? buffer.AsSpan(0, written).ToArray() : [];
            return isDone;
        }
        finally
        {
            // It may have been a private key.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
