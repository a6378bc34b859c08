using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace MtlsScenario.X509;

/// <summary>A key of libcrypto's (EVP_PKEY). One instance is for one thread at a time.</summary>
internal sealed partial class LibCryptoKey : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <param name="key">The EVP_PKEY, which it owns from then on.</param>
    public LibCryptoKey(nint key)
        : base(ownsHandle: true) => SetHandle(key);

    /// <summary>Signs data.</summary>
    /// <param name="data">What is signed, not its digest.</param>
    /// <param name="digest">The digest's name.</param>
    /// <param name="signature">Has room for the longest signature of the key.</param>
    /// <returns>How many bytes the signature has.</returns>
    /// <exception cref="CryptographicException">It could not be made.</exception>
    public int Sign(ReadOnlySpan<byte> data, HashAlgorithmName digest, Span<byte> signature)
    {
        nint context = NewContext();
        try
        {
            nuint length = (nuint)signature.Length;
            LibCrypto.Check(SignInit(context, 0, LibCrypto.FetchedDigest(digest.Name!), 0, this), "begin a signature");
            LibCrypto.Check(Sign(context, signature, ref length, data, (nuint)data.Length), "sign");
            return (int)length;
        }
        finally
        {
            FreeContext(context);
        }
    }

    /// <summary>Whether the signature is one of this key over the data; what cannot be checked is none.</summary>
    /// <param name="data">What was signed, not its digest.</param>
    /// <param name="digest">The digest's name.</param>
    /// <param name="signature">Bytes that may be anything.</param>
    public bool Verifies(ReadOnlySpan<byte> data, HashAlgorithmName digest, ReadOnlySpan<byte> signature)
    {
        nint context = NewContext();
        try
        {
            bool isValid = VerifyInit(context, 0, LibCrypto.FetchedDigest(digest.Name!), 0, this) == 1
                && Verify(context, signature, (nuint)signature.Length, data, (nuint)data.Length) == 1;
            if (!isValid)
            {
                LibCrypto.ClearErrors();
            }

            return isValid;
        }
        finally
        {
            FreeContext(context);
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Free(handle);
        return true;
    }

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_PKEY_free")]
    private static partial void Free(nint key);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_MD_CTX_new")]
    private static partial nint NewContext();

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_DigestSignInit")]
    private static partial int SignInit(nint context, nint keyContext, nint digest, nint engine, LibCryptoKey key);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_DigestSign")]
    private static partial int Sign(nint context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_DigestVerifyInit")]
    private static partial int VerifyInit(nint context, nint keyContext, nint digest, nint engine, LibCryptoKey key);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_DigestVerify")]
    private static partial int Verify(nint context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> data, nuint length);
}
