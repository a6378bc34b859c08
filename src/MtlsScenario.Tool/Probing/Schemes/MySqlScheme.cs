using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MtlsScenario.Tool.Probing.Schemes;

/// <summary>MySQL and MariaDB: the server greets, the client asks for TLS, and then says who it is, without a password.</summary>
internal sealed class MySqlScheme : Scheme
{
    private const int Ssl = 0x800, Protocol41 = 0x200, SecureConnection = 0x8000, PluginAuth = 0x80000;
    private const byte Error = 0xFF, SwitchRequest = 0xFE;

    /// <inheritdoc/>
    public override string Name => "mysql";

    /// <inheritdoc/>
    public override int Port => 3306;

    /// <inheritdoc/>
    public override void Begin(Stream clear)
    {
        if (Packet(clear) is not { } greeting || greeting is [Error, ..])
        {
            throw new IOException("MySQL does not greet");
        }

        Send(clear, 1, Head());
    }

    /// <summary>Says that it is a server of MySQL 8, which wants a password in the old way, and TLS.</summary>
    public override void Welcome(Stream clear)
    {
        int capabilities = Ssl | Protocol41 | SecureConnection | PluginAuth;
        Send(clear, 0,
        [
            10, .. "8.0.0"u8, 0, 1, 0, 0, 0, .. "12345678"u8, 0, (byte)capabilities, (byte)(capabilities >> 8), 45, 2, 0, (byte)(capabilities >> 16), 0,
            21, .. new byte[10], .. "123456789012"u8, 0, .. "mysql_native_password"u8, 0,
        ]);
        Packet(clear);
    }

    /// <inheritdoc/>
    public override ServerAnswer? Exchange(Stream secure, Request request)
    {
        Send(secure, 2, [.. Head(), .. Encoding.UTF8.GetBytes(request.User), 0, 0, .. "mysql_native_password"u8, 0]);
        byte[]? answer = Packet(secure);
        if (answer is [SwitchRequest, ..])
        {
            Send(secure, 4, []);
            answer = Packet(secure);
        }

        return answer switch
        {
            null => null,
            [Error, ..] => new ServerAnswer(
                string.Create(CultureInfo.InvariantCulture, $"error {BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(1))}"), AnswerMeaning.Refused),
            _ => new ServerAnswer("OK", AnswerMeaning.Answered),
        };
    }

    private static byte[] Head()
    {
        byte[] head = new byte[32];
        BinaryPrimitives.WriteInt32LittleEndian(head, Ssl | Protocol41 | SecureConnection | PluginAuth);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), 1 << 24);
        head[8] = 45;
        return head;
    }

    private static void Send(Stream stream, byte number, byte[] content)
    {
        stream.Write([(byte)content.Length, (byte)(content.Length >> 8), 0, number, .. content]);
        stream.Flush();
    }

    private static byte[]? Packet(Stream stream) =>
        Read(stream, 4) is { } head ? Read(stream, head[0] | head[1] << 8 | head[2] << 16) : null;
}
