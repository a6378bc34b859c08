namespace MtlsScenario.Model;

/// <summary>What a party's certificate is for.</summary>
public enum Role
{
    /// <summary>To be called.</summary>
    Server,

    /// <summary>To call.</summary>
    Client,

    /// <summary>Both.</summary>
    Peer,
}
