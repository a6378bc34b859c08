using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

// Nobody puts a library for the tool beside it.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace MtlsScenario.X509;

/// <summary>
/// OpenSSL's libcrypto, called directly: random numbers, digests, and the start of it all. The platform's way to the same
/// library loads libssl too and looks up all that it may ever call before the first call, and sets up a curve anew for each
/// key: three times the work of the key itself. What makes, signs and verifies goes by the interfaces that obey the
/// machine's openssl.cnf and its providers.
/// </summary>
internal static partial class LibCrypto
{
    /// <summary>The name by which the platform finds it too, through libssl.</summary>
    public const string Library = "libcrypto.so.3";

    // crypto.h. The platform starts it in the same way: openssl.cnf is read, and nothing is taken down at exit while a
    // thread may still use it.
    private const ulong LoadConfiguration = 0x40;
    private const ulong NoAtExit = 0x80000;

    private static readonly Lazy<bool> s_isThere = new(Start);
    private static readonly ConcurrentDictionary<string, nint> s_digests = new(StringComparer.Ordinal);

    /// <summary>Whether it can be called; everything else of this class, and of the types beside it, needs that.</summary>
    public static bool IsThere => s_isThere.Value;

    // Who has the platform take another OpenSSL wants that one, and no second beside it.
    private static bool IsWanted => OperatingSystem.IsLinux() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CLR_OPENSSL_VERSION_OVERRIDE"));

    /// <summary>Maps and links it, and does not start it yet.</summary>
    public static void Link()
    {
        if (IsWanted)
        {
            _ = NativeLibrary.TryLoad(Library, out _);
        }
    }

    /// <summary>Fills it with random bytes.</summary>
    /// <exception cref="CryptographicException">The generator has none.</exception>
    public static void Fill(Span<byte> bytes) => Check(RandBytes(bytes, bytes.Length), "draw random bytes");

    /// <summary>The digest of data.</summary>
    /// <param name="digest">Its name: <c>SHA256</c>.</param>
    /// <param name="data">Any number of bytes.</param>
    /// <param name="destination">As many bytes as the digest has.</param>
    public static void Hash(string digest, ReadOnlySpan<byte> data, Span<byte> destination) =>
        Check(EvpDigest(data, (nuint)data.Length, destination, 0, FetchedDigest(digest), 0), "work out a digest");

    /// <summary>The EVP_MD of that name, which lives as long as the process.</summary>
    /// <exception cref="CryptographicException">No provider has it.</exception>
    public static nint FetchedDigest(string name) => s_digests.GetOrAdd(name, static name =>
    {
        nint digest = FetchDigest(0, name, 0);
        return digest != 0 ? digest : throw Failure($"find {name}");
    });

    /// <summary>Throws where a call says that it did not do it.</summary>
    /// <param name="result">1 where it did.</param>
    /// <param name="what">What was to be done: "make a key".</param>
    public static void Check(int result, string what)
    {
        if (result != 1)
        {
            throw Failure(what);
        }
    }

    /// <summary>What OpenSSL says of the last call that failed on this thread.</summary>
    public static CryptographicException Failure(string what)
    {
        Span<byte> text = stackalloc byte[256];
        text.Clear();
        ErrorString(LastError(), text, (nuint)text.Length);
        ClearErrors();
        return new CryptographicException($"OpenSSL could not {what}: {Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)])}");
    }

    /// <summary>Forgets what failed on this thread: whoever looks next is not to find it.</summary>
    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    private static bool Start()
    {
        try
        {
            return IsWanted && Initialize(LoadConfiguration | NoAtExit, 0) == 1;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport(Library, EntryPoint = "OPENSSL_init_crypto")]
    private static partial int Initialize(ulong options, nint settings);

    [LibraryImport(Library, EntryPoint = "ERR_get_error")]
    private static partial nuint LastError();

    [LibraryImport(Library, EntryPoint = "ERR_error_string_n")]
    private static partial void ErrorString(nuint error, Span<byte> text, nuint length);

    [LibraryImport(Library, EntryPoint = "RAND_bytes")]
    private static partial int RandBytes(Span<byte> bytes, int length);

    [LibraryImport(Library, EntryPoint = "EVP_MD_fetch", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint FetchDigest(nint library, string name, nint properties);

    [LibraryImport(Library, EntryPoint = "EVP_Digest")]
    private static partial int EvpDigest(ReadOnlySpan<byte> data, nuint length, Span<byte> digest, nint size, nint type, nint engine);
}
