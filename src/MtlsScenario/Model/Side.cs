namespace MtlsScenario.Model;

/// <summary>An end of a connection.</summary>
public enum Side
{
    /// <summary>The end that calls.</summary>
    Client,

    /// <summary>The end that is called.</summary>
    Server,
}
