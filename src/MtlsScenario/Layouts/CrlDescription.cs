using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Layouts;

/// <summary>What a CRL says, each part as text, in the words of RFC 5280 section 5.1.</summary>
internal sealed record CrlDescription
{
    /// <summary>With more entries the rest is counted.</summary>
    private const int MostEntries = 50;

    /// <summary>The files that it is in: its own, and the bundles of who checks.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>1 or 2.</summary>
    public required int Version { get; init; }

    /// <summary>How it is signed.</summary>
    public required string SignatureAlgorithm { get; init; }

    /// <summary>The issuer's name, and who that is, as far as its signature tells.</summary>
    public required string Issuer { get; init; }

    /// <summary>The stem of the authority whose key signed it; null where that is none of those that are known.</summary>
    public required string? IssuerStem { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset ThisUpdate { get; init; }

    /// <summary>By when there is a newer one, UTC; null where nothing is said.</summary>
    public required DateTimeOffset? NextUpdate { get; init; }

    /// <summary>The revoked certificates, in the order of the list.</summary>
    public required ImmutableArray<RevokedEntry> Entries { get; init; }

    /// <summary>The extensions, in the order of the list.</summary>
    public required ImmutableArray<ExtensionEntry> Extensions { get; init; }

    /// <summary>The file that gives it its name.</summary>
    public string File => Files[0];

    /// <summary>What is said of it, not yet safe to print; a label that is empty continues the one before.</summary>
    /// <param name="now">The moment from which dates are looked at; null to say nothing of it.</param>
    public IEnumerable<(string Label, string Value)> Lines(DateTimeOffset? now)
    {
        yield return ("version", $"v{Version}");
        yield return ("signature", SignatureAlgorithm);
        yield return ("issuer", Issuer);
        yield return ("thisUpdate", TimeText.Of(ThisUpdate));
        yield return ("nextUpdate", NextUpdate is { } next ? TimeText.Of(next) : "none");
        if (now is { } moment && NextUpdate is { } end)
        {
            yield return ("", PlanText.Age(ThisUpdate, end, moment));
        }

        yield return ("revokedCertificates", Entries.IsEmpty ? "none" : Entries.Length.ToString(CultureInfo.InvariantCulture));
        foreach (RevokedEntry entry in Entries.Take(MostEntries))
        {
            yield return ("", $"{(entry.Certificate is { } stem ? $"{stem}, " : "")}{entry.SerialNumber}, {entry.Reason ?? "without a reason"}, since {TimeText.Of(entry.RevokedAt)}");
        }

        if (Entries.Length > MostEntries)
        {
            yield return ("", string.Create(CultureInfo.InvariantCulture, $"{Entries.Length - MostEntries} more, which --json has"));
        }

        foreach (ExtensionEntry extension in Extensions)
        {
            yield return (extension.Name, extension.IsCritical ? $"critical, {extension.Value}" : extension.Value);
        }

        foreach (string file in Files)
        {
            yield return ("CRL file", file);
        }
    }
}

/// <summary>A certificate on a CRL.</summary>
/// <param name="SerialNumber">Its serial number.</param>
/// <param name="Certificate">Its stem, where it is here; else null.</param>
/// <param name="RevokedAt">Since when, UTC.</param>
/// <param name="Reason">Why; null where nothing is said.</param>
internal sealed record RevokedEntry(string SerialNumber, string? Certificate, DateTimeOffset RevokedAt, string? Reason);
