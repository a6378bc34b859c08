namespace MtlsScenario.Model;

/// <summary>The kinds of subject alternative name that a scenario may use (GeneralName, RFC 5280 section 4.2.1.6).</summary>
public enum GeneralNameKind
{
    /// <summary>dNSName.</summary>
    Dns,

    /// <summary>iPAddress.</summary>
    IpAddress,

    /// <summary>rfc822Name.</summary>
    Email,

    /// <summary>uniformResourceIdentifier.</summary>
    Uri,
}
