using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MtlsScenario.Benchmarks;

/// <summary>An <c>openssl s_server</c> that asks callers for certificates of <c>ca.crt</c> and answers each with a page, until disposed of.</summary>
internal sealed class TlsServer : IDisposable
{
    private readonly Process _process;

    private TlsServer(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="folder">Where its files are.</param>
    /// <param name="stem">What its certificate and key are called by.</param>
    public static TlsServer Start(string folder, string stem)
    {
        int port = FreePort();
        string arguments = string.Create(
            CultureInfo.InvariantCulture, $"s_server -quiet -www -accept {port} -cert {stem}.crt -key {stem}.key -CAfile ca.crt -Verify 20 -verify_return_error");
        Process process = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = folder, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        SpinWait.SpinUntil(() => IsListening(port), TimeSpan.FromMinutes(1));
        return new TlsServer(process, port);
    }

    /// <summary>A port on which nobody listens now.</summary>
    public static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private static bool IsListening(int port)
    {
        try
        {
            using var client = new TcpClient("localhost", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
