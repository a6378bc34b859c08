using System.Security.Cryptography;
using System.Text;

namespace MtlsScenario.Seeding;

/// <summary>HMAC_DRBG with SHA-256 (NIST SP 800-90A Rev. 1, section 10.1.2), as c2sp.org/det-keygen uses it: the same seed gives the same bytes.</summary>
internal sealed class HmacDrbg
{
    private byte[] _key = new byte[SHA256.HashSizeInBytes];
    private byte[] _value = new byte[SHA256.HashSizeInBytes];
    private bool _isUsed;

    /// <param name="seed">The seed.</param>
    /// <param name="purpose">What the bytes are for: the personalization string, ASCII.</param>
    /// <param name="further">What follows it.</param>
    public HmacDrbg(ReadOnlySpan<byte> seed, string purpose, params ReadOnlySpan<byte> further)
    {
        Array.Fill(_value, (byte)1);
        byte[] material = [.. seed, .. Encoding.ASCII.GetBytes(purpose), .. further];
        Update(0, material);
        Update(1, material);
        CryptographicOperations.ZeroMemory(material);
    }

    /// <summary>The next bytes. Each call begins a new output, so that what it gives depends on how often it was called before.</summary>
    public byte[] Next(int length)
    {
        if (_isUsed)
        {
            Update(0, []);
        }

        _isUsed = true;
        byte[] output = new byte[length];
        for (int done = 0; done < length; done += _value.Length)
        {
            _value = HMACSHA256.HashData(_key, _value);
            _value.AsSpan(0, Math.Min(_value.Length, length - done)).CopyTo(output.AsSpan(done));
        }

        return output;
    }

    private void Update(byte step, byte[] material)
    {
        _key = HMACSHA256.HashData(_key, (byte[])[.. _value, step, .. material]);
        _value = HMACSHA256.HashData(_key, _value);
    }
}
