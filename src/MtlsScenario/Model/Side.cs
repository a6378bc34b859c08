namespace MtlsScenario.Model;

/// <summary>An end of a connection.</summary>
public enum Side
{
    /// <summary>The end that calls.</summary>
    Client,

    /// <summary>The end that is called.</summary>
    Server,
}

/// <summary>How the ends of a connection are spelled in a scenario and in what is printed.</summary>
internal static class SideNames
{
    /// <summary><c>client</c>, <c>server</c>.</summary>
    public static string NameOf(Side side) => side == Side.Client ? "client" : "server";
}
