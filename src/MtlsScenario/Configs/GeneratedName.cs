using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MtlsScenario.Configs;

/// <summary>
/// Names that a configuration gives to what it declares, where configurations of other parties and other scenarios may stand
/// beside it in one file or process.
/// </summary>
internal static class GeneratedName
{
    /// <summary>nginx has place for 46 characters in the table of its variables.</summary>
    private const int LongestPart = 12;

    /// <summary>
    /// A name of small letters, digits and <c>_</c>: so that names are told apart where case is not, as in nginx, and where
    /// letters are cut off or replaced, the end of it is drawn from the two names as they are written.
    /// </summary>
    /// <param name="word">What it names: <c>admitted</c>.</param>
    /// <param name="scenario">The scenario's name.</param>
    /// <param name="party">The party's.</param>
    public static string Of(string word, string scenario, string party)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{scenario}\n{party}"));
        return string.Create(CultureInfo.InvariantCulture, $"{word}_{Plain(scenario)}_{Plain(party)}_{Convert.ToHexStringLower(hash, 0, 4)}");
    }

    private static string Plain(string name) => string.Concat(name.Take(LongestPart).Select(character =>
        char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '_'));
}
