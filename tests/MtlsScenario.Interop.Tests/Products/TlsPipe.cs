using System.Diagnostics;
using MtlsScenario.Interop.Tests.Configs;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>A connection of openssl's client, which sends the certificates of a file as they stand there, and says nothing of its own.</summary>
internal sealed class TlsPipe : IDisposable
{
    private readonly Process _process;
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(4));

    /// <summary>Connects.</summary>
    /// <param name="made">Where the files are.</param>
    /// <param name="port">The server's port.</param>
    /// <param name="caller">What is shown.</param>
    /// <param name="protocol">What comes before TLS: a word for -starttls, or null.</param>
    public TlsPipe(ConfiguredScenario made, int port, Caller caller, string? protocol)
    {
        string[] own = caller.Stem is { } stem
            ? ["-cert", $"{stem}.crt", "-key", $"{stem}.key", .. File.Exists(made.At($"{stem}.rest")) ? ["-cert_chain", $"{stem}.rest"] : Array.Empty<string>()]
            : [];
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(
                Needs.Program("openssl"),
                ["s_client", "-quiet", "-connect", $"localhost:{port}", "-servername", "localhost", "-CAfile", "root.crt", "-verify_hostname", "localhost", "-verify_return_error", caller.Version, .. own, .. protocol is null ? Array.Empty<string>() : ["-starttls", protocol]])
            {
                WorkingDirectory = made.Folder,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            },
        };
        _process.ErrorDataReceived += (_, _) => { };
        _process.Start();
        _process.BeginErrorReadLine();
    }

    /// <summary>Sends bytes; to who has gone, none.</summary>
    public async Task SendAsync(params byte[] bytes)
    {
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(bytes, _limit.Token);
            await _process.StandardInput.BaseStream.FlushAsync(_limit.Token);
        }
        catch (IOException)
        {
            // What is read then says that it is over.
        }
    }

    /// <summary>Reads so many bytes; null where the connection ends before.</summary>
    public async Task<byte[]?> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        return await _process.StandardOutput.BaseStream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, _limit.Token) == count ? bytes : null;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
        _limit.Dispose();
    }
}
