using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Serving;

/// <summary>What a server does in each handshake: it demands the caller's certificate, and verifies it against its own trust anchors alone.</summary>
/// <param name="end">What it has in hand.</param>
/// <param name="log">Is told of each rejection.</param>
internal sealed class ServerHandshake(LiveEnd end, ServeLog log)
{
    /// <summary>The options of one handshake.</summary>
    public ValueTask<SslServerAuthenticationOptions> OptionsFor(TlsHandshakeCallbackContext context)
    {
        (DotNetIdentity current, TlsVersion minimum, _) = end.Take();
        SslProtocols protocols = minimum == TlsVersion.Tls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;
        if ((context.ClientHelloInfo.SslProtocols & protocols) == 0)
        {
            log.Rejected(AddressOf(context.Connection), null, RejectionReason.TlsVersion, $"offers {context.ClientHelloInfo.SslProtocols}");
        }

        return ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = current.Context,
            ClientCertificateRequired = true,
            EnabledSslProtocols = protocols,
            CertificateChainPolicy = current.ChainPolicy(null),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                IsVerified(context.Connection, current.Verifier().Judge(certificate as X509Certificate2, chain, errors, Side.Client), certificate),
            AllowRenegotiation = false,

            // A session that is resumed would not verify the caller again.
            AllowTlsResume = false,
        });
    }

    private bool IsVerified(ConnectionContext connection, PeerJudgement judgement, X509Certificate? certificate)
    {
        if (!judgement.IsAccepted)
        {
            log.Rejected(AddressOf(connection), certificate?.Subject, judgement.Reason, judgement.StackMessage);
        }

        return judgement.IsAccepted;
    }

    private static string AddressOf(ConnectionContext connection) => connection.RemoteEndPoint?.ToString() ?? "a caller";
}
