using System.Collections.Immutable;
using System.Text;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>Reads one attribute of a subject, within the lengths and character sets that openssl holds it to.</summary>
/// <param name="replicas">How many of its party there are; null where it has no replicas.</param>
/// <param name="faults">Where the faults go.</param>
internal sealed class AttributeReader(int? replicas, FaultList faults)
{
    /// <summary>What people write for an attribute whose name is another.</summary>
    private static readonly ImmutableDictionary<string, string> OtherNames =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["E"] = "emailAddress",
            ["email"] = "emailAddress",
            ["mail"] = "emailAddress",
            ["S"] = "ST",
            ["SP"] = "ST",
            ["commonName"] = "CN",
            ["countryName"] = "C",
            ["country"] = "C",
            ["stateOrProvinceName"] = "ST",
            ["state"] = "ST",
            ["localityName"] = "L",
            ["locality"] = "L",
            ["organizationName"] = "O",
            ["organization"] = "O",
            ["organizationalUnitName"] = "OU",
            ["organizationalUnit"] = "OU",
            ["domainComponent"] = "DC",
            ["userId"] = "UID",
            ["surname"] = "SN",
            ["givenName"] = "GN",
            ["G"] = "GN",
            ["streetAddress"] = "street",
        }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The attribute; null, and a fault, where it cannot be one.</summary>
    public AttributeTypeAndValue? Read(string type, string value, SourcePosition typePosition, SourcePosition valuePosition)
    {
        if (AttributeType.Find(type) is not { } known)
        {
            ImmutableArray<string> names = [.. AttributeType.All.Select(attribute => attribute.ShortName)];
            string? nearest = names.FirstOrDefault(name => string.Equals(name, type, StringComparison.OrdinalIgnoreCase))
                ?? OtherNames.GetValueOrDefault(type)
                ?? (type.Length > 2 ? NearestName.Find(type, names) : null);
            faults.Error(
                typePosition,
                DiagnosticCodes.UnknownAttribute,
                $"{VisibleText.Quoted(type)} is no attribute of a subject",
                nearest is null ? $"the attributes are {string.Join(", ", names)}" : $"did you mean {VisibleText.Quoted(nearest)}?");
            return null;
        }

        return Check(known, value, valuePosition) ? new AttributeTypeAndValue(known, value) : null;
    }

    private bool Check(AttributeType type, string value, SourcePosition position)
    {
        string name = type.ShortName;
        if (value.Length == 0)
        {
            faults.Error(position, DiagnosticCodes.EmptyAttribute, $"{name} in the subject has no value");
            return false;
        }

        if (value.Contains('\0', StringComparison.Ordinal))
        {
            faults.Error(position, DiagnosticCodes.NulCharacter, $"{name} in the subject holds a NUL character: {VisibleText.Quoted(value)}");
            return false;
        }

        if (replicas is null && Replication.IsIn(value))
        {
            faults.Warning(
                position,
                DiagnosticCodes.PlaceholderWithoutReplicas,
                $"{Replication.Placeholder} in {name} of the subject stands for itself: this is not a certificate of a party with replicas");
        }

        return CheckCharacters(type, value, position) & CheckLength(type, value, position);
    }

    private bool CheckLength(AttributeType type, string value, SourcePosition position)
    {
        string longest = Replication.Fill(value, replicas);
        int length = longest.EnumerateRunes().Count();
        if (length >= type.MinimumLength && length <= type.MaximumLength)
        {
            return true;
        }

        string bound = type.MinimumLength == type.MaximumLength
            ? $"exactly {type.MaximumLength}"
            : length < type.MinimumLength ? $"at least {type.MinimumLength}" : $"at most {type.MaximumLength}";
        faults.Error(
            position,
            DiagnosticCodes.AttributeLength,
            $"{type.ShortName} in the subject has {length} {(length == 1 ? "character" : "characters")}, and may have {bound}: {VisibleText.Quoted(longest)}");
        return false;
    }

    private bool CheckCharacters(AttributeType type, string value, SourcePosition position)
    {
        string text = replicas is null ? value : Replication.Fill(value, 1);
        foreach (Rune rune in text.EnumerateRunes())
        {
            string? set = type.StringType switch
            {
                NameStringType.Printable when !IsPrintable(rune) => "letters, digits, space and ' ( ) + , - . / : = ?",
                NameStringType.Ia5 when !rune.IsAscii => "ASCII characters",
                _ => null,
            };
            if (set is not null)
            {
                faults.Error(
                    position,
                    DiagnosticCodes.AttributeCharacters,
                    $"{type.ShortName} in the subject may have {set} only: {VisibleText.Quoted(value)}");
                return false;
            }
        }

        if (value.Any(char.IsControl))
        {
            faults.Warning(
                position, DiagnosticCodes.ControlCharacter, $"{type.ShortName} in the subject holds a control character: {VisibleText.Quoted(value)}");
        }

        return true;
    }

    private static bool IsPrintable(Rune rune) =>
        rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || " '()+,-./:=?".Contains((char)rune.Value, StringComparison.Ordinal));
}
