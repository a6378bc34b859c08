namespace MtlsScenario.X509;

/// <summary>What came of reading a private key.</summary>
internal abstract record KeyReadResult
{
    private KeyReadResult()
    {
    }

    /// <summary>It was read; the caller disposes of it.</summary>
    internal sealed record Read(PrivateKey Key) : KeyReadResult;

    /// <summary>It is there, under a passphrase.</summary>
    internal sealed record Encrypted : KeyReadResult;

    /// <summary>It is no key, or a broken one.</summary>
    /// <param name="Reason">A clause without a full stop, safe to print: it quotes nothing of the content.</param>
    internal sealed record Unreadable(string Reason) : KeyReadResult;

    /// <summary>It is a key of a kind or size that no scenario can name.</summary>
    /// <param name="Description">What it is, such as <c>RSA 1024 bits</c> or an object identifier.</param>
    internal sealed record UnsupportedAlgorithm(string Description) : KeyReadResult;
}
