using MtlsScenario.Configs;
using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Peers;

/// <summary>Python's <c>ssl</c>, which is OpenSSL.</summary>
/// <param name="program">The program.</param>
/// <param name="lifetime">Ends it.</param>
internal sealed class PythonProgram(InstalledProgram program, CancellationToken lifetime) : ResidentProgram(lifetime)
{
    private const string Script = "python-peer.py";

    /// <inheritdoc/>
    public override string Name => "python";

    /// <inheritdoc/>
    public override string? CannotPlay(Trial trial, EndArtifacts own) =>
        trial.Connection.At is null ? CrlSupport.Missing("python", own, needsOne: true) : "python verifies certificates as of now only";

    /// <inheritdoc/>
    protected override Task<ProcessOrder> BuildAsync(TemporaryFolder folder, CancellationToken cancellationToken)
    {
        string script = folder.Write(Script, Resource.Text(Script).Replace("# ADMISSION", PythonAdmission.Functions, StringComparison.Ordinal));
        return Task.FromResult(new ProcessOrder(program.Path, ["-I", script]));
    }

    /// <summary>The code is OpenSSL's number.</summary>
    protected override EndRejection? OwnRejection(string code, string words) => code.Length > 0
        ? new EndRejection(VerifyError.ReasonOf(int.Parse(code, System.Globalization.CultureInfo.InvariantCulture)), words)
        : OpenSslErrorQueue.OwnRejection(words);
}
