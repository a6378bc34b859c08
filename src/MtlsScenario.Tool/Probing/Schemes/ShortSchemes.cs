using System.Globalization;
using System.Text;

namespace MtlsScenario.Tool.Probing.Schemes;

/// <summary>Redis: a PING, which even a client without a password is answered.</summary>
internal sealed class RedisScheme : Scheme
{
    /// <inheritdoc/>
    public override string Name => "redis";

    /// <inheritdoc/>
    public override int Port => 6379;

    /// <inheritdoc/>
    public override ServerAnswer? Exchange(Stream secure, Request request)
    {
        secure.Write("PING\r\n"u8);
        secure.Flush();
        return ReadSome(secure) is { } answer
            ? new ServerAnswer(Encoding.Latin1.GetString(answer).Split(['\r', ' '])[0], answer is [(byte)'-', (byte)'E', (byte)'R', (byte)'R', ..] ? AnswerMeaning.Unclear : AnswerMeaning.Answered)
            : null;
    }
}

/// <summary>MQTT 3.1.1: CONNECT, and the return code of CONNACK.</summary>
internal sealed class MqttScheme : Scheme
{
    /// <inheritdoc/>
    public override string Name => "mqtt";

    /// <inheritdoc/>
    public override int Port => 8883;

    /// <inheritdoc/>
    public override ServerAnswer? Exchange(Stream secure, Request request)
    {
        secure.Write([0x10, 12, 0, 4, .. "MQTT"u8, 4, 2, 0, 60, 0, 0]);
        secure.Flush();
        return Read(secure, 4) is { } answer
            ? new ServerAnswer(
                string.Create(CultureInfo.InvariantCulture, $"CONNACK {answer[3]}"),
                answer[3] switch { 0 => AnswerMeaning.Answered, 3 => AnswerMeaning.Unclear, _ => AnswerMeaning.Refused })
            : null;
    }
}

/// <summary>AMQP 0-9-1: the protocol header, which Connection.Start answers.</summary>
internal sealed class AmqpScheme : Scheme
{
    /// <inheritdoc/>
    public override string Name => "amqp";

    /// <inheritdoc/>
    public override int Port => 5671;

    /// <inheritdoc/>
    public override ServerAnswer? Exchange(Stream secure, Request request)
    {
        secure.Write([.. "AMQP"u8, 0, 0, 9, 1]);
        secure.Flush();
        return ReadSome(secure) is { } answer
            ? new ServerAnswer(answer[0] == 1 ? "Connection.Start" : "another version", AnswerMeaning.Answered)
            : null;
    }
}
