using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>One end of a connection as .NET's <see cref="SslStream"/> plays it, over any stream.</summary>
/// <param name="trial">What is tried.</param>
/// <param name="identity">What this end has in hand; it stays the caller's.</param>
internal sealed class DotNetEnd(Trial trial, DotNetIdentity identity)
{
    private EndRejection? _rejects;
    private ReadOnlyMemory<byte>? _peer;
    private bool _hasNoCommonVersion;

    /// <summary>Plays the server, for one connection.</summary>
    /// <param name="transport">The connection, which is closed in the end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="NotSupportedException">.NET cannot use this end's own certificate.</exception>
    public Task<EndView> ServeAsync(Stream transport, CancellationToken cancellationToken) =>
        PlayAsync(
            transport,
            stream => stream.AuthenticateAsServerAsync(
                (_, hello, _, _) =>
                {
                    SslServerAuthenticationOptions options = ServerOptions();
                    _hasNoCommonVersion = (hello.SslProtocols & options.EnabledSslProtocols) == 0;
                    return ValueTask.FromResult(options);
                },
                state: null,
                cancellationToken),
            async stream =>
            {
                await ExchangeText.ServeAsync(stream, cancellationToken).ConfigureAwait(false);
                return new EndView { IsComplete = true };
            });

    /// <summary>Plays the client.</summary>
    /// <param name="transport">The connection, which is closed in the end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="NotSupportedException">.NET cannot use this end's own certificate.</exception>
    public Task<EndView> CallAsync(Stream transport, CancellationToken cancellationToken) =>
        PlayAsync(
            transport,
            stream => stream.AuthenticateAsClientAsync(ClientOptions(), cancellationToken),
            async stream => ExchangeText.View(
                await ExchangeText.CallAsync(stream, trial.Connection.Host, cancellationToken).ConfigureAwait(false)));

    private async Task<EndView> PlayAsync(
        Stream transport, Func<SslStream, Task> handshake, Func<SslStream, Task<EndView>> exchange)
    {
        var stream = new SslStream(transport, leaveInnerStreamOpen: false);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                await handshake(stream).ConfigureAwait(false);
                TlsVersion version = stream.SslProtocol == SslProtocols.Tls12 ? TlsVersion.Tls12 : TlsVersion.Tls13;
                EndView exchanged = await exchange(stream).ConfigureAwait(false);
                await stream.ShutdownAsync().ConfigureAwait(false);
                return exchanged with { PeerCertificate = _peer, Version = version };
            }
            catch (Exception exception) when (exception is AuthenticationException or IOException)
            {
                return Failed(exception);
            }
        }
    }

    /// <exception cref="NotSupportedException">.NET cannot use this end's own certificate.</exception>
    private EndView Failed(Exception exception)
    {
        var failure = new SslFailure(exception);
        if (failure.IsOfOwnCertificate)
        {
            throw new NotSupportedException($".NET cannot use its own certificate: {failure.Words.Split(" - ")[^1].TrimEnd('.')}", exception);
        }

        _rejects ??= _hasNoCommonVersion ? new EndRejection(RejectionReason.TlsVersion, failure.Words) : failure.Own;
        return new EndView { Rejects = _rejects, Told = _rejects is null ? failure.Told : null, PeerCertificate = _peer, StackMessage = failure.Words };
    }

    private SslServerAuthenticationOptions ServerOptions() => new()
    {
        ServerCertificateContext = identity.Context,
        ClientCertificateRequired = true,
        EnabledSslProtocols = trial.Server.Certificate.MinimumTls == TlsVersion.Tls13
            ? SslProtocols.Tls13
            : SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = identity.ChainPolicy(trial.Connection.At),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            Judge(certificate as X509Certificate2, chain, errors, Side.Client),
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };

    private SslClientAuthenticationOptions ClientOptions() => new()
    {
        TargetHost = trial.Connection.Host,
        ClientCertificateContext = trial.Connection.PresentsNothing ? null : identity.Context,
        EnabledSslProtocols = trial.Offered == TlsVersion.Tls12 ? SslProtocols.Tls12 : SslProtocols.Tls13,
        CertificateChainPolicy = identity.ChainPolicy(trial.Connection.At),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            Judge(certificate as X509Certificate2, chain, errors, Side.Server),
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };

    private bool Judge(X509Certificate2? peer, X509Chain? chain, SslPolicyErrors errors, Side peerSide)
    {
        _peer = peer?.RawData;
        PeerJudgement judgement = identity.Verifier(trial.Connection.At).Judge(peer, chain, errors, peerSide);
        if (!judgement.IsAccepted)
        {
            _rejects = new EndRejection(judgement.Reason, judgement.StackMessage);
            return false;
        }

        var admission = new Admission(peerSide == Side.Client ? trial.Server.Certificate.Admits : null);
        if (!admission.Admits(PeerNames.Of(peer!)))
        {
            _rejects = new EndRejection(RejectionReason.NotAdmitted, $"\"{peer!.Subject}\" is not among those that it admits");
            return false;
        }

        return true;
    }
}
