using System.Net.Sockets;
using MtlsScenario.Model;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace MtlsScenario.Tool.Serving;

/// <summary>
/// Asks a server of TLS 1.3 for the group of the key exchange, as a client that prefers X25519MLKEM768: .NET does not tell which one it was, and
/// offers what its OpenSSL has. The group is in the server's first message, so whatever comes after that does not matter.
/// </summary>
internal sealed class KeyExchangeQuestion : DefaultTlsClient, TlsAuthentication
{
    private readonly string _host;

    private KeyExchangeQuestion(string host)
        : base(new BcTlsCrypto(new SecureRandom())) => _host = host;

    /// <summary>The group, such as <c>X25519MLKEM768</c>; null where it cannot be told.</summary>
    public static async Task<string?> AskAsync(ListenAddress address, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        var client = new KeyExchangeQuestion(address.Host);
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, limit.Token).ConfigureAwait(false);
            using CancellationTokenRegistration end = limit.Token.Register(socket.Dispose);
            await Task.Run(() => new TlsClientProtocol(socket.GetStream()).Connect(client), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return client.m_context?.SecurityParameters?.NegotiatedGroup is > 0 and var group ? NamedGroup.GetName(group) : null;
    }

    /// <inheritdoc/>
    public override TlsAuthentication GetAuthentication() => this;

    /// <inheritdoc/>
    public override IList<int> GetEarlyKeyShareGroups() => [NamedGroup.X25519MLKEM768, NamedGroup.x25519];

    /// <summary>Nothing of it is believed.</summary>
    public void NotifyServerCertificate(TlsServerCertificate serverCertificate)
    {
    }

    /// <inheritdoc/>
    public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest) => null;

    /// <inheritdoc/>
    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.TLSv13.Only();

    /// <inheritdoc/>
    protected override IList<int> GetSupportedGroups(IList<int> namedGroupRoles) =>
        [NamedGroup.X25519MLKEM768, .. base.GetSupportedGroups(namedGroupRoles).Where(group => group != NamedGroup.X25519MLKEM768)];

    /// <inheritdoc/>
    protected override IList<ServerName>? GetSniServerNames() => System.Net.IPAddress.TryParse(_host, out _)
        ? null
        : [new ServerName(NameType.host_name, System.Text.Encoding.ASCII.GetBytes(_host))];
}
