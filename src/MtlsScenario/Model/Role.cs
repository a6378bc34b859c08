namespace MtlsScenario.Model;

/// <summary>What a party's certificate is for.</summary>
public enum Role
{
    /// <summary>The party is called with it: the certificate of a TLS server.</summary>
    Server,

    /// <summary>The party calls with it: the certificate of a TLS client.</summary>
    Client,

    /// <summary>The party calls and is called with one certificate.</summary>
    Peer,
}
