using System.Collections.Immutable;

namespace MtlsScenario.Tool.Probing.Schemes;

/// <summary>A protocol above TLS: how TLS begins, and what a client says first and hears.</summary>
internal abstract class Scheme
{
    /// <summary>All schemes, the default first.</summary>
    public static ImmutableArray<Scheme> All { get; } =
        [new HttpsScheme(), new RawScheme(), new PostgresScheme(), new MySqlScheme(), new RedisScheme(), new MqttScheme(), new AmqpScheme()];

    /// <summary>The scheme whose port that is; HTTPS where it is nobody's.</summary>
    public static Scheme ForPort(int port) => All.FirstOrDefault(scheme => scheme.Port == port) ?? All[0];

    /// <summary>What an address begins with.</summary>
    public abstract string Name { get; }

    /// <summary>The port where the address names none.</summary>
    public abstract int Port { get; }

    /// <summary>The protocol that TLS names; null for none.</summary>
    public virtual string? Protocol => null;

    /// <summary>After which silence a connection counts as accepted; null where only an answer does.</summary>
    public virtual TimeSpan? OpenAfter => null;

    /// <summary>What is said in the clear before TLS begins.</summary>
    /// <exception cref="IOException">The server does not begin TLS.</exception>
    public virtual void Begin(Stream clear)
    {
    }

    /// <summary>What a server hears and says in the clear before TLS begins.</summary>
    /// <exception cref="IOException">The client does not begin TLS.</exception>
    public virtual void Welcome(Stream clear)
    {
    }

    /// <summary>Says the first words, and hears the answer.</summary>
    /// <returns>The answer; null where the server ended the connection instead.</returns>
    /// <exception cref="IOException">The connection broke, or nothing came in time.</exception>
    public abstract ServerAnswer? Exchange(Stream secure, Request request);

    /// <summary>Reads so many bytes.</summary>
    /// <returns>The bytes; null where the stream ends before.</returns>
    protected static byte[]? Read(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count ? bytes : null;
    }

    /// <summary>Reads what there is, some bytes at least.</summary>
    /// <returns>The bytes; null where the stream ends.</returns>
    protected static byte[]? ReadSome(Stream stream)
    {
        byte[] bytes = new byte[4096];
        int count = stream.Read(bytes, 0, bytes.Length);
        return count == 0 ? null : bytes[..count];
    }
}

/// <summary>What a client asks for.</summary>
internal sealed record Request
{
    /// <summary>The host, with its port where that is not the scheme's.</summary>
    public required string Host { get; init; }

    /// <summary>The path; of a database its name.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The user.</summary>
    public string User { get; init; } = "";

    /// <summary>Further header lines.</summary>
    public ImmutableArray<string> Headers { get; init; } = [];

    /// <summary>What is sent first by the scheme <c>raw</c>.</summary>
    public ReadOnlyMemory<byte> Message { get; init; }
}
