namespace MtlsScenario.Model;

/// <summary>The bits of the keyUsage extension (RFC 5280 section 4.2.1.3); bit N of the BIT STRING is <c>1 &lt;&lt; N</c>.</summary>
[Flags]
public enum KeyUsages
{
    /// <summary>None: the extension is left out.</summary>
    None = 0,

    /// <summary>Bit 0: to sign what is neither a certificate nor a CRL, such as a handshake.</summary>
    DigitalSignature = 1 << 0,

    /// <summary>Bit 1, which X.509 now calls contentCommitment.</summary>
    NonRepudiation = 1 << 1,

    /// <summary>Bit 2: to encrypt keys, as TLS 1.2 does with an RSA key exchange.</summary>
    KeyEncipherment = 1 << 2,

    /// <summary>Bit 3: to encrypt data itself.</summary>
    DataEncipherment = 1 << 3,

    /// <summary>Bit 4: to agree on a key, as by Diffie-Hellman.</summary>
    KeyAgreement = 1 << 4,

    /// <summary>Bit 5: to sign certificates.</summary>
    KeyCertSign = 1 << 5,

    /// <summary>Bit 6: to sign CRLs.</summary>
    CrlSign = 1 << 6,

    /// <summary>Bit 7: beside keyAgreement, to encipher only.</summary>
    EncipherOnly = 1 << 7,

    /// <summary>Bit 8: beside keyAgreement, to decipher only.</summary>
    DecipherOnly = 1 << 8,
}
