using System.Collections.Immutable;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Serving;

/// <summary>What a server presents to whoever calls: nothing of it is verified, and nothing is shown to it.</summary>
/// <param name="Chain">The certificates, DER, leaf first.</param>
/// <param name="Versions">The versions of TLS that it speaks, of 1.2 and 1.3.</param>
/// <param name="AsksForCertificate">Whether it asks clients for a certificate.</param>
/// <param name="Authorities">The names of the authorities that it asks for; many servers name none.</param>
internal sealed record ServerInquiry(
    ImmutableArray<ReadOnlyMemory<byte>> Chain, ImmutableArray<TlsVersion> Versions, bool AsksForCertificate, ImmutableArray<string> Authorities)
{
    /// <summary>The group of the key exchange with TLS 1.3; null where that is not spoken, or the group cannot be told.</summary>
    public string? Group { get; private init; }

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Calls the server, once with each version.</summary>
    /// <exception cref="EnvironmentException">Nobody listens there, or nobody speaks TLS.</exception>
    public static async Task<ServerInquiry> ReadAsync(ListenAddress address, CancellationToken cancellationToken)
    {
        var found = new ServerInquiry([], [], false, []);
        string? fault = null;
        foreach ((TlsVersion version, SslProtocols protocol) in new[] { (TlsVersion.Tls12, SslProtocols.Tls12), (TlsVersion.Tls13, SslProtocols.Tls13) })
        {
            (found, fault) = await CallAsync(found, address, (version, protocol), cancellationToken).ConfigureAwait(false) is var (next, why) && why is null
                ? (next, fault)
                : (next, why);
        }

        return found.Chain.IsEmpty ? throw new EnvironmentException($"{address} presents no certificate: {fault}")
            : !found.Versions.Contains(TlsVersion.Tls13) ? found
            : found with { Group = await KeyExchangeQuestion.AskAsync(address, s_patience, cancellationToken).ConfigureAwait(false) };
    }

    private static async Task<(ServerInquiry Found, string? Fault)> CallAsync(
        ServerInquiry found, ListenAddress address, (TlsVersion Version, SslProtocols Protocol) tls, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        ImmutableArray<ReadOnlyMemory<byte>> chain = [];
        bool asks = false;
        string[] authorities = [];
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = address.Host,
            EnabledSslProtocols = tls.Protocol,

            // Nothing is fetched from where a stranger's certificate says.
            CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
            RemoteCertificateValidationCallback = (_, certificate, built, _) =>
            {
                chain = [.. new[] { certificate!.GetRawCertData() }.Concat(built!.ChainPolicy.ExtraStore.Select(one => one.RawData)).DistinctBy(Convert.ToHexString).Select(der => (ReadOnlyMemory<byte>)der)];
                return true;
            },
            LocalCertificateSelectionCallback = (_, _, _, remote, acceptable) =>
            {
                asks |= remote is not null;

                // With TLS 1.2 a server turns the caller away before anything is verified, and then its own certificate is all that is known.
                chain = chain.IsEmpty && remote is not null ? [remote.GetRawCertData()] : chain;
                authorities = acceptable.Length > 0 ? acceptable : authorities;
                return null!;
            },
        };
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(address.Host, address.Port, limit.Token).ConfigureAwait(false);
            var stream = new SslStream(socket.GetStream());
            await using (stream.ConfigureAwait(false))
            {
                await stream.AuthenticateAsClientAsync(options, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (found, "it does not answer");
        }
        catch (SocketException exception)
        {
            throw new EnvironmentException($"{address} cannot be reached: {exception.Message}");
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            // A server that wants a certificate may turn the caller away once it has shown its own.
            if (chain.IsEmpty)
            {
                return (found, exception.InnerException?.Message ?? exception.Message);
            }
        }

        return (new ServerInquiry(
            chain.Length > found.Chain.Length ? chain : found.Chain,
            chain.IsEmpty ? found.Versions : found.Versions.Add(tls.Version),
            found.AsksForCertificate || asks,
            [.. found.Authorities.Union(authorities, StringComparer.Ordinal)]), null);
    }
}
