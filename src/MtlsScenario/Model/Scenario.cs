using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>
/// Who certifies, who takes part, who trusts whom, and who must get through to whom: a scenario file that was
/// found right, with names resolved and defaults applied.
/// </summary>
public sealed record Scenario
{
    private readonly NameIndex<Authority>? _authorities;
    private readonly NameIndex<Party>? _parties;

    /// <summary>Its name, which is also the name of the folder of its certificates.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about, or null.</summary>
    public string? Description { get; init; }

    /// <summary>How its files are laid out.</summary>
    public FolderLayout Folders { get; init; }

    /// <summary>The authorities, in the order of the file.</summary>
    public ImmutableArray<Authority> Authorities
    {
        get;
        init => (field, _authorities) = (value, new NameIndex<Authority>(value, authority => [authority.Name]));
    } = [];

    /// <summary>The parties, in the order of the file.</summary>
    public ImmutableArray<Party> Parties
    {
        get;
        init => (field, _parties) = (value, new NameIndex<Party>(value, party => [party.Name]));
    } = [];

    /// <summary>The connections, in the order of the file.</summary>
    public ImmutableArray<Connection> Connections { get; init; } = [];

    /// <summary>The authority of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    internal Authority Authority(string name) =>
        _authorities?[name].FirstOrDefault() ?? throw new KeyNotFoundException($"There is no authority \"{name}\" in scenario \"{Name}\".");

    /// <summary>The party of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    internal Party Party(string name) =>
        _parties?[name].FirstOrDefault() ?? throw new KeyNotFoundException($"There is no party \"{name}\" in scenario \"{Name}\".");

    /// <summary>
    /// The authorities from the issuer named to its root, nearest first; without the root of an external authority
    /// whose issuer the scenario does not say.
    /// </summary>
    internal IEnumerable<Authority> IssuersAbove(CertificateSpecification certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        for (string? name = certificate.Issuer; name is not null;)
        {
            Authority authority = Authority(name);
            yield return authority;
            name = authority.Issuer;
        }
    }
}
