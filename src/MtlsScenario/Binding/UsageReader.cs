using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>Reads keyUsage and extendedKeyUsage.</summary>
internal static class UsageReader
{
    /// <summary>The bits of keyUsage; null where it is no list.</summary>
    public static KeyUsages? ReadKeyUsage(Field field, FaultList faults)
    {
        if (field.Items(faults, "a list of key usages") is not { } items)
        {
            return null;
        }

        KeyUsages usages = KeyUsages.None;
        foreach (Field item in items)
        {
            KeyUsages usage = Vocabulary.KeyUsage.Read(item, faults) ?? KeyUsages.None;
            usages |= usage;
        }

        return usages;
    }

    /// <summary>The purposes, in order, each once; null where it is no list.</summary>
    public static ImmutableArray<KeyPurpose>? ReadExtendedKeyUsage(Field field, FaultList faults) =>
        field.Items(faults, "a list of purposes")?.ReadOnce(item => ReadPurpose(item, faults), faults);

    private static KeyPurpose? ReadPurpose(Field item, FaultList faults)
    {
        IEnumerable<string> names = KeyPurpose.Named.Select(named => named.Name);
        string list = string.Join(", ", names);
        if (item.Text(faults, $"one of {list}, or an object identifier") is not { } text)
        {
            return null;
        }

        if (KeyPurpose.Named.FirstOrDefault(named => named.Name == text).Purpose is { } purpose)
        {
            return purpose;
        }

        if (ObjectIdentifierSyntax.IsValid(text))
        {
            return new KeyPurpose(text);
        }

        faults.Error(
            item.Position,
            DiagnosticCodes.UnknownWord,
            $"{item.Key} cannot be {VisibleText.Quoted(text)}; it is one of {list}, or an object identifier such as 1.3.6.1.5.5.7.3.1",
            NearestName.Hint(text, names));
        return null;
    }
}
