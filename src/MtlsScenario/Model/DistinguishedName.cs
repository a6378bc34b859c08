using System.Collections.Immutable;
using System.Text;

namespace MtlsScenario.Model;

/// <summary>A subject or issuer name, in the order of the file, which is the order of the certificate.</summary>
/// <param name="RelativeNames">At least one.</param>
public sealed record DistinguishedName(ImmutableArray<RelativeDistinguishedName> RelativeNames)
{
    /// <summary>The values of the common names, in order.</summary>
    internal IEnumerable<string> CommonNames
    {
        get
        {
            foreach (RelativeDistinguishedName relative in RelativeNames)
            {
                foreach (AttributeTypeAndValue attribute in relative.Attributes)
                {
                    if (attribute.Type == AttributeType.CommonName)
                    {
                        yield return attribute.Value;
                    }
                }
            }
        }
    }

    /// <summary>This name with <c>{n}</c> replaced by <paramref name="number"/>.</summary>
    internal DistinguishedName ForReplica(string number) => new(
        [.. RelativeNames.Select(relative => new RelativeDistinguishedName(
            [.. relative.Attributes.Select(attribute =>
                attribute with { Value = Replication.Fill(attribute.Value, number) })]))]);

    /// <summary>
    /// openssl's slash form, <c>/C=FI/O=Acme+OU=x/CN=y</c>, with <c>\</c> before <c>/</c>, <c>+</c>, <c>=</c> and
    /// <c>\</c> inside values: what the <c>subject</c> key of a scenario takes.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (RelativeDistinguishedName relative in RelativeNames)
        {
            char separator = '/';
            foreach (AttributeTypeAndValue attribute in relative.Attributes)
            {
                text.Append(separator).Append(attribute.Type.ShortName).Append('=');
                foreach (char character in attribute.Value)
                {
                    if (character is '/' or '+' or '=' or '\\')
                    {
                        text.Append('\\');
                    }

                    text.Append(character);
                }

                separator = '+';
            }
        }

        return text.ToString();
    }
}

/// <summary>One step of a distinguished name; with several attributes it is multi-valued.</summary>
/// <param name="Attributes">At least one, in the order of the file. (In DER they are a sorted SET.)</param>
public sealed record RelativeDistinguishedName(ImmutableArray<AttributeTypeAndValue> Attributes);

/// <summary>One attribute of a distinguished name (AttributeTypeAndValue, RFC 5280 section 4.1.2.4).</summary>
/// <param name="Type">What it is.</param>
/// <param name="Value">
/// Its value, as written. In a party with replicas <c>{n}</c> stands for the number of the replica.
/// </param>
public sealed record AttributeTypeAndValue(AttributeType Type, string Value);
