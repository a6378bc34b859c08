using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>Somebody who can call, and whose certificate the scenario describes.</summary>
/// <param name="Name">What it is called where names are like those of files: <c>amy</c>, <c>device-3</c>.</param>
/// <param name="Subject">Whose certificate it shows.</param>
/// <param name="Issuer">Who issued that; null where the scenario does not say.</param>
internal sealed record KnownCaller(string Name, DistinguishedName Subject, DistinguishedName? Issuer)
{
    /// <summary>Its only common name, or null.</summary>
    public string? CommonName => Subject.CommonNames.ToArray() is [var only] ? only : null;
}
