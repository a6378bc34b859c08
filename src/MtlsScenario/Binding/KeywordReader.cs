using System.Collections.Immutable;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Binding;

/// <summary>A value that is one of a few words.</summary>
/// <param name="all">The words, with what each means.</param>
internal sealed class KeywordReader<T>(ImmutableArray<(string Word, T Value)> all)
    where T : struct
{
    /// <summary>The words, in the order of the documentation.</summary>
    public IEnumerable<string> All => all.Select(pair => pair.Word);

    /// <summary>The word for a value; of one that has none, what .NET calls it, which is no word.</summary>
    public string Of(T value)
    {
        foreach ((string word, T meaning) in all)
        {
            if (EqualityComparer<T>.Default.Equals(meaning, value))
            {
                return word;
            }
        }

        return value.ToString()!;
    }

    /// <summary>What the word means; null, and a fault, where it is none of them.</summary>
    public T? Read(Field field, FaultList faults)
    {
        string list = string.Join(", ", All);
        string expected = all.Length == 1 ? $"the word {list}" : $"one of {list}";
        if (field.Text(faults, expected) is not { } text)
        {
            return null;
        }

        foreach ((string word, T value) in all)
        {
            if (string.Equals(word, text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        faults.Error(
            field.Position,
            DiagnosticCodes.UnknownWord,
            $"{field.Key} cannot be {VisibleText.Quoted(text)}; it is {expected}",
            NearestName.Hint(text, All));
        return null;
    }
}
