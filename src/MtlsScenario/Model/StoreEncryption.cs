namespace MtlsScenario.Model;

/// <summary>How a PKCS#12 is encrypted and authenticated.</summary>
public enum StoreEncryption
{
    /// <summary>AES-256 with a key by PBKDF2-HMAC-SHA256, and a MAC with SHA-256.</summary>
    Aes256,

    /// <summary>Three-key triple DES, and a MAC with SHA-1, for old readers.</summary>
    TripleDes,
}
