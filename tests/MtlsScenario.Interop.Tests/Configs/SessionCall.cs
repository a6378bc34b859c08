using System.Globalization;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>Calls with openssl, which keeps a session in a file and takes it up elsewhere.</summary>
internal static class SessionCall
{
    private const string File = "session.pem";

    /// <summary>The options of each way to keep a session: by its number at the server, and by a ticket.</summary>
    public static string[] Versions { get; } = ["-tls1_2 -no_ticket", "-tls1_2", "-tls1_3"];

    /// <summary>Whether the last call left a session.</summary>
    public static bool HasSession(ConfiguredScenario made) => System.IO.File.Exists(made.At(File));

    /// <summary>Calls, and keeps the session.</summary>
    /// <param name="made">Where the files are.</param>
    /// <param name="port">The server's.</param>
    /// <param name="version">The options.</param>
    /// <param name="stem">Whose certificate is shown; null for none.</param>
    /// <returns>What was said.</returns>
    public static Task<string> OpenAsync(ConfiguredScenario made, int port, string version, string? stem = null)
    {
        System.IO.File.Delete(made.At(File));
        return CallAsync(made, port, $"{version}{Own(made, stem)} -sess_out {File}");
    }

    /// <summary>Calls with the session that was kept.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public static Task<string> ResumeAsync(ConfiguredScenario made, int port, string version, string? stem = null) =>
        HasSession(made) ? CallAsync(made, port, $"{version}{Own(made, stem)} -sess_in {File}") : Task.FromResult("there is no session");

    private static string Own(ConfiguredScenario made, string? stem) =>
        stem is null ? "" : $" -cert {stem}.crt -key {stem}.key{(System.IO.File.Exists(made.At("ica.crt")) ? " -cert_chain ica.crt" : "")}";

    private static async Task<string> CallAsync(ConfiguredScenario made, int port, string options)
    {
        var result = await Shell.RunAsync(
            made.Folder,
            string.Create(CultureInfo.InvariantCulture, $"timeout 20 openssl s_client -connect localhost:{port} -servername localhost {options} -ign_eof"),
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        return result.StandardOutput + result.StandardError;
    }
}
