using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Importing;

/// <summary>A certificate of a folder, and what a scenario would say of it.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Places">Where its files are.</param>
internal sealed record ImportedCertificate(ParsedCertificate Certificate, CertificatePlaces Places)
{
    /// <summary>The name of the authority or of the party.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for; null for an authority's.</summary>
    public Role? Role { get; init; }

    /// <summary>The name of the authority that signed it; null for a root, and where that is not in the folder.</summary>
    public string? Issuer { get; init; }

    /// <summary>Whether it can only be taken as provided: its key is elsewhere, or of a form that is not written again.</summary>
    public bool IsExternal { get; init; }

    /// <summary>The authorities that its party trusts; null where nothing says so.</summary>
    public IReadOnlyList<string>? Trusts { get; init; }

    /// <summary>An authority and those above it, as far as they are known.</summary>
    /// <param name="name">The authority's name; null for none.</param>
    /// <param name="authorities">The authorities.</param>
    public static IEnumerable<string> Above(string? name, IReadOnlyList<ImportedCertificate> authorities)
    {
        for (; name is not null; name = authorities.First(authority => authority.Name == name).Issuer)
        {
            yield return name;
        }
    }

    /// <summary>The file stem.</summary>
    public string Stem => Role is { } role ? $"{Name}_{Planning.FileNames.RoleName(role)}" : Name;
}
