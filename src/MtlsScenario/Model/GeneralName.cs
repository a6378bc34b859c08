namespace MtlsScenario.Model;

/// <summary>A subject alternative name.</summary>
/// <param name="Kind">Which GeneralName it is.</param>
/// <param name="Value">
/// Its value: a DNS name as A-labels; an IP address in its shortest form; ASCII throughout. In a party with
/// replicas <c>{n}</c> stands for the number of the replica.
/// </param>
public sealed record GeneralName(GeneralNameKind Kind, string Value)
{
    /// <summary>The prefix by which a scenario says the kind: <c>dns</c>, <c>ip</c>, <c>email</c> or <c>uri</c>.</summary>
    internal static string Prefix(GeneralNameKind kind) => kind switch
    {
        GeneralNameKind.Dns => "dns",
        GeneralNameKind.IpAddress => "ip",
        GeneralNameKind.Email => "email",
        GeneralNameKind.Uri => "uri",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The typed form, such as <c>dns:localhost</c>.</summary>
    public override string ToString() => $"{Prefix(Kind)}:{Value}";
}
