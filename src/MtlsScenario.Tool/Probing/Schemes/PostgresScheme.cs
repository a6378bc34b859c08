using System.Buffers.Binary;
using System.Text;

namespace MtlsScenario.Tool.Probing.Schemes;

/// <summary>PostgreSQL: SSLRequest, then the startup message, which it answers with what it wants, or an error.</summary>
internal sealed class PostgresScheme : Scheme
{
    /// <inheritdoc/>
    public override string Name => "postgres";

    /// <inheritdoc/>
    public override int Port => 5432;

    /// <inheritdoc/>
    public override void Begin(Stream clear)
    {
        clear.Write([0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F]);
        if (Read(clear, 1) is not [(byte)'S'])
        {
            throw new IOException("PostgreSQL speaks no TLS there");
        }
    }

    /// <inheritdoc/>
    public override void Welcome(Stream clear)
    {
        // Some ask for encryption by GSSAPI first.
        while (Read(clear, 8) is { } request)
        {
            bool isTls = request[7] == 0x2F;
            clear.WriteByte(isTls ? (byte)'S' : (byte)'N');
            if (isTls)
            {
                break;
            }
        }
    }

    /// <inheritdoc/>
    public override ServerAnswer? Exchange(Stream secure, Request request)
    {
        byte[] pairs = Encoding.UTF8.GetBytes($"user\0{request.User}\0database\0{(request.Path.Trim('/') is { Length: > 0 } name ? name : request.User)}\0\0");
        byte[] head = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, 8 + pairs.Length);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), 3 << 16);
        secure.Write([.. head, .. pairs]);
        secure.Flush();
        if (ReadSome(secure) is not { } answer)
        {
            return null;
        }

        if (answer[0] != 'E')
        {
            return new ServerAnswer(answer[0] == 'R' ? "AuthenticationRequest" : $"message {(char)answer[0]}", AnswerMeaning.Answered);
        }

        string code = Encoding.UTF8.GetString(answer).Split('\0').FirstOrDefault(field => field.StartsWith('C'))?[1..] ?? "";
        return new ServerAnswer($"error {code}", code.StartsWith("28", StringComparison.Ordinal) ? AnswerMeaning.Refused
            : code.StartsWith('5') ? AnswerMeaning.Unclear : AnswerMeaning.Answered);
    }
}
