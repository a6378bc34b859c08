using MtlsScenario.Faults;
using Org.BouncyCastle.Tls;

namespace MtlsScenario.Tool.Probing;

/// <summary>The client's end of TLS, which may leave out CertificateVerify.</summary>
/// <param name="stream">The connection.</param>
/// <param name="manner">What it does otherwise.</param>
internal sealed class SkippingProtocol(Stream stream, FaultManner manner) : TlsClientProtocol(stream)
{
    /// <inheritdoc/>
    protected override void SendCertificateVerifyMessage(DigitallySigned certificateVerify)
    {
        if (manner != FaultManner.SkippedProof)
        {
            base.SendCertificateVerifyMessage(certificateVerify);
        }
    }

    /// <inheritdoc/>
    protected override void Send13CertificateVerifyMessage(DigitallySigned certificateVerify)
    {
        if (manner != FaultManner.SkippedProof)
        {
            base.Send13CertificateVerifyMessage(certificateVerify);
        }
    }
}
