namespace MtlsScenario.Tool.Trials;

/// <summary>A program that can play an end of a connection, or .NET itself.</summary>
internal enum PeerKind
{
    /// <summary>.NET's SslStream: either end, always there.</summary>
    DotNet,

    /// <summary>openssl: <c>s_client</c> and <c>s_server</c>.</summary>
    OpenSsl,

    /// <summary>Node's https: either end.</summary>
    Node,

    /// <summary>curl, which can only be the client.</summary>
    Curl,

    /// <summary>nginx, which can only be the server.</summary>
    Nginx,

    /// <summary>Java's JSSE: either end.</summary>
    Java,

    /// <summary>Go's crypto/tls: either end.</summary>
    Go,

    /// <summary>Python's ssl: either end.</summary>
    Python,
}
