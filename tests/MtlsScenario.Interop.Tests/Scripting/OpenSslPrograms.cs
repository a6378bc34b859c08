using System.Runtime.CompilerServices;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>The OpenSSL versions that scripts are tried on: the machine's, and those that <c>tests/openssl/fetch.sh</c> puts beside it.</summary>
internal static class OpenSslPrograms
{
    /// <summary>The machine's own.</summary>
    public const string Installed = "installed";

    /// <summary>Those that are tried. A test that tries one asks for it by <see cref="Needed"/>, and does not pass where it is missing.</summary>
    public static IEnumerable<string> All { get; } = ["1.1.1", Installed, "3.5", "3.6"];

    /// <summary>What a version is started as.</summary>
    public static string Of(string version) => version == Installed
        ? "openssl"
        : Path.Combine(Folder(), version, "openssl");

    /// <summary>A version that a test needs: without it the test is a skip.</summary>
    /// <returns>What it is started as.</returns>
    public static string Needed(string version)
    {
        Needs.That(WhyNot(version) is null, NameOf(version));
        return Of(version);
    }

    /// <summary>The path in which that version is the first openssl.</summary>
    public static string PathWith(string version)
    {
        string path = Environment.GetEnvironmentVariable("PATH")!;
        return version == Installed ? path : $"{Path.GetDirectoryName(Of(version))}:{path}";
    }

    /// <summary>Why a version is not tried; null where it is there.</summary>
    public static string? WhyNot(string version) => Needs.IsInstalled(Of(version)) ? null : $"needs {NameOf(version)}";

    private static string NameOf(string version) => version == Installed
        ? "the program openssl"
        : $"OpenSSL {version} (sh tests/openssl/fetch.sh {version})";

    private static string Folder([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../../.openssl"));
}
