using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using MtlsScenario.Model;

namespace MtlsScenario.Stores;

/// <summary>The password of a store or of an encrypted key, in memory until it is disposed of. It is never a string.</summary>
internal sealed class Password : IDisposable
{
    private readonly byte[] _octets;
    private readonly bool _isNone;

    private Password(ReadOnlySpan<byte> octets, bool isNone = false) => (_octets, _isNone) = (octets.ToArray(), isNone);

    /// <summary>The octets, as PBKDF2 takes them.</summary>
    public ReadOnlySpan<byte> Octets => _octets;

    /// <summary>
    /// Why no store is written with it, as a clause that quotes nothing of it; null where one may be. Every reader takes
    /// these: Java no other characters, <c>keytool</c> no fewer, openssl no more.
    /// </summary>
    public string? Fault => _octets switch
    {
        [.., (byte)'\r'] => "it ends in a carriage return: the file has the line ends of Windows",
        _ when _octets.AsSpan().ContainsAnyExceptInRange((byte)' ', (byte)'~') => "it has other than printable ASCII characters",
        { Length: < PasswordRules.Shortest } => string.Create(CultureInfo.InvariantCulture, $"it has fewer than {PasswordRules.Shortest} characters"),
        { Length: > PasswordRules.Longest } => string.Create(CultureInfo.InvariantCulture, $"it has more than {PasswordRules.Longest} characters"),
        _ => null,
    };

    /// <summary>The one of <see cref="PasswordRules.WellKnown"/>.</summary>
    public static Password WellKnown() => new(Encoding.ASCII.GetBytes(PasswordRules.WellKnown));

    /// <summary>That of an empty password where not even its end is written, as some make stores without one.</summary>
    public static Password None() => new([], isNone: true);

    /// <summary>A password of those octets, which are copied.</summary>
    public static Password Of(ReadOnlySpan<byte> octets) => new(octets);

    /// <summary>The first line of a file, as openssl takes it: all before the first line feed.</summary>
    public static Password FirstLine(ReadOnlySpan<byte> file) =>
        new(file.IndexOf((byte)'\n') is var end and >= 0 ? file[..end] : file);

    /// <summary>As the derivation of PKCS#12 takes it: UTF-16, big-endian, with a zero at its end (RFC 7292 appendix B.1). The caller clears it.</summary>
    public byte[] ToBmp()
    {
        if (_isNone)
        {
            return [];
        }

        // What is no UTF-8 stands for its octets, as openssl has it.
        Encoding encoding = Utf8.IsValid(_octets) ? Encoding.UTF8 : Encoding.Latin1;
        char[] characters = encoding.GetChars(_octets);
        byte[] bmp = new byte[(characters.Length + 1) * 2];
        Encoding.BigEndianUnicode.GetBytes(characters, bmp);
        Array.Clear(characters);
        return bmp;
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_octets);
}
