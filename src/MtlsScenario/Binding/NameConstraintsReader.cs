using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>Reads name constraints (RFC 5280 section 4.2.1.10).</summary>
internal sealed class NameConstraintsReader(FaultList faults)
{
    private const string Expected = "{ permitted: [...], excluded: [...] }";
    private const string Example = "write dns:example.com, email:example.com, uri:.example.com or ip:10.0.0.0/8";

    private static readonly ImmutableArray<string> Keys = ["permitted", "excluded"];

    /// <summary>The constraints; null where there are none that can be used.</summary>
    public NameConstraints? Read(Field field)
    {
        if (field.Mapping(faults, Expected) is not { } mapping)
        {
            return null;
        }

        var fields = new Fields(field.Position, mapping);
        fields.CheckKeys(Keys, "nameConstraints", faults);
        ImmutableArray<GeneralSubtree> permitted = ReadList(fields["permitted"], out bool hasPermitted);
        ImmutableArray<GeneralSubtree> excluded = ReadList(fields["excluded"], out bool hasExcluded);
        if (!hasPermitted && !hasExcluded && mapping.Entries.All(entry => Keys.Contains(entry.Key.Value)))
        {
            faults.Error(
                field.Position, DiagnosticCodes.InvalidConstraint, "nameConstraints neither permits nor excludes anything", "leave it out");
        }

        return new NameConstraints(permitted, excluded);
    }

    private ImmutableArray<GeneralSubtree> ReadList(Field? field, out bool hasItems)
    {
        ImmutableArray<Field> items = [.. field?.Items(faults, "a list of constraints") ?? []];
        hasItems = !items.IsEmpty || field?.Value is Syntax.UnreadableNode;
        return [.. items.Select(ReadSubtree).OfType<GeneralSubtree>()];
    }

    private GeneralSubtree? ReadSubtree(Field item)
    {
        if (item.Text(faults, "a name constraint such as dns:example.com") is not { } text)
        {
            return null;
        }

        if (NameSyntax.Typed(text) is not { } typed)
        {
            Fault(item, text, Example);
            return null;
        }

        (GeneralNameKind kind, string value) = typed;
        string? hint = kind == GeneralNameKind.IpAddress ? RangeProblem(ref value) : HostProblem(kind, ref value);
        if (hint is null)
        {
            return new GeneralSubtree(kind, value);
        }

        Fault(item, text, hint);
        return null;
    }

    /// <summary>A host or a <c>.domain</c>; of e-mail also one address.</summary>
    private static string? HostProblem(GeneralNameKind kind, ref string value)
    {
        if (kind == GeneralNameKind.Email && value.Contains('@', StringComparison.Ordinal))
        {
            value = NameSyntax.Canonical(kind, value, replicas: null, out string? mailProblem) ?? value;
            return mailProblem;
        }

        bool isDomain = value.StartsWith('.');
        string host = isDomain ? value[1..] : value;
        if (HostSyntax.Address(host) is not null)
        {
            return "the constraint of an IP address is a range: ip:10.0.0.0/8";
        }

        string? name = HostSyntax.Name(host, replicas: null, isWildcard: false, out string? problem);
        value = isDomain ? "." + name : name ?? value;
        return problem;
    }

    private static string? RangeProblem(ref string value)
    {
        int slash = value.IndexOf('/', StringComparison.Ordinal);
        IPAddress? address = HostSyntax.Address(slash < 0 ? value : value[..slash]);
        if (address is null)
        {
            return "write an IP range like ip:10.0.0.0/8 or ip:2001:db8::/32";
        }

        byte[] bytes = address.GetAddressBytes();
        int bits = bytes.Length * 8;
        if (slash < 0)
        {
            return $"one address is the range ip:{address}/{bits}";
        }

        if (!int.TryParse(value[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int prefix) || prefix > bits)
        {
            return $"what follows the \"/\" is a number of bits from 0 to {bits}";
        }

        byte[] network = [.. bytes.Zip(AddressRange.Mask(bytes.Length, prefix), (part, mask) => (byte)(part & mask))];
        if (!network.AsSpan().SequenceEqual(bytes))
        {
            return $"the range begins at ip:{new IPAddress(network)}/{prefix}";
        }

        value = $"{address}/{prefix}";
        return null;
    }

    private void Fault(Field item, string text, string hint) =>
        faults.Error(item.Position, DiagnosticCodes.InvalidConstraint, $"{VisibleText.Quoted(text)} is no name constraint", hint);
}
