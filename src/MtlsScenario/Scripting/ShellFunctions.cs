namespace MtlsScenario.Scripting;

/// <summary>The shell functions that not every script needs.</summary>
[Flags]
internal enum ShellFunctions
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary><c>date_at DAYS SECONDS</c>: an instant relative to now.</summary>
    DateAt = 1,

    /// <summary><c>await FILE WHO</c>: stops where a file is not there.</summary>
    Await = 2,

    /// <summary><c>authority_key_identifier CERTIFICATE</c>: the extension, or its absence.</summary>
    AuthorityKeyIdentifier = 4,

    /// <summary><c>same_subject REQUEST REQUEST</c>: stops where a request asks for another subject.</summary>
    SameSubject = 8,

    /// <summary><c>same_key KEY CERTIFICATE</c>: stops where a certificate is for another key.</summary>
    SameKey = 16,

    /// <summary><c>has_request KEY REQUEST</c>: whether a request is there already, and for that key.</summary>
    HasRequest = 32,

    /// <summary><c>give GROUP KEY</c>: stops where a key cannot be given to its group.</summary>
    Give = 64,

    /// <summary><c>remember</c>, <c>want</c>, <c>revoke</c> and <c>crl_index</c>: what a CRL says.</summary>
    Crl = 128,

    /// <summary><c>until_end CERTIFICATE COMMAND...</c>: a CRL that lasts as long as its authority.</summary>
    CrlUntilEnd = 256,

    /// <summary><c>password FILE WHAT PATH [VALUE]</c>: keeps a password for openssl.</summary>
    Password = 512,

    /// <summary><c>trust_store PASSWORD FILE [ALIAS CERTIFICATE]…</c>: a PKCS#12 of trust anchors.</summary>
    TrustStore = 1024,

    /// <summary><c>secret</c> and <c>config_map</c>: manifests for Kubernetes.</summary>
    Manifests = 2048,

    /// <summary><c>same_key_there KEY FILE [PASSWORD]</c>: stops where a file that is replaced has another key.</summary>
    SameKeyThere = 4096,

    /// <summary><c>seeded_key KEY</c>, <c>seeded_member TABLE NUMBER</c>: the keys of a seed.</summary>
    Seeded = 8192,

    /// <summary><c>presented CERTIFICATE CHAIN</c>: a certificate that is provided, and the intermediates that came with it.</summary>
    Presented = 16384,
}
