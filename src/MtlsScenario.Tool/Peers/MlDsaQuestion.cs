using System.Collections.Immutable;
using System.Text;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Tool.Peers;

/// <summary>
/// Asks a program whether it takes an ML-DSA key and certificate: its version would not tell, for that is its library's to
/// have. It is asked until it answers, and only when there is such a certificate.
/// </summary>
/// <param name="path">The program.</param>
/// <param name="arguments">What makes it load the key and the certificate.</param>
/// <param name="accepts">Whether it could, by its exit code; null for 0 alone.</param>
internal sealed class MlDsaQuestion(string path, Func<PeerFiles, ImmutableArray<string>> arguments, Func<int, bool>? accepts = null)
{
    private const string Sample = """
        name: sample
        defaults: { key: ml-dsa-44 }
        authorities: { ca: { subject: /CN=ca } }
        parties: { end: { peer: { subject: /CN=localhost, issuer: ca } } }
        """;

    private readonly Lock _asking = new();
    private Task<bool>? _answer;

    /// <summary>The answer.</summary>
    public Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        lock (_asking)
        {
            // Whoever called it off, or could not start it for once, has not answered for others.
            return _answer = _answer is null or { IsFaulted: true } or { IsCanceled: true } ? TryAsync(cancellationToken) : _answer;
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        using var issued = IssuedScenario.Issue(ScenarioLoader.Parse(Sample));
        IssuedCertificate end = issued.Certificate("end", Role.Peer);
        using var artifacts = new EndArtifacts(
            [Decode(end.CertificatePem, Pem.Certificate)], Decode(end.PrivateKeyPem, Pem.PrivateKey), anchors: []);
        using var files = new PeerFiles(artifacts);
        await using var process = RunningProcess.Start(new ProcessOrder(path, arguments(files)), cancellationToken);
        int exitCode = await process.EndAsync(cancellationToken).ConfigureAwait(false);
        return accepts?.Invoke(exitCode) ?? exitCode == 0;
    }

    private static byte[] Decode(string pem, string label) => Pem.TryDecode(Encoding.ASCII.GetBytes(pem), label, out byte[] der)
        ? der
        : throw new System.Diagnostics.UnreachableException();
}
