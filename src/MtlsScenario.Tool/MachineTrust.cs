using System.Runtime.InteropServices;

namespace MtlsScenario.Tool;

/// <summary>The machine's own trust anchors, which this tool never asks: a scenario says who trusts whom.</summary>
internal static partial class MachineTrust
{
    /// <summary>Where no folder can be, and no file.</summary>
    private const string Nowhere = "/dev/null/none";

    /// <summary>
    /// Keeps .NET on Linux from reading them, which it would with the first chain that it builds, whichever anchors that is to end
    /// at: some 150 files, twice, for some 40 ms, and intermediates among them that nobody presented.
    /// </summary>
    public static void Ignore()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // .NET's copy of the environment is made here, before the change, and is what programs are started with.
        _ = Environment.GetEnvironmentVariables();
        _ = Set("SSL_CERT_DIR", Nowhere, 1);
        _ = Set("SSL_CERT_FILE", Nowhere, 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(string name, string value, int overwrites);
}
