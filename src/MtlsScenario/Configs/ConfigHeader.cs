using MtlsScenario.Diagnostics;

namespace MtlsScenario.Configs;

/// <summary>
/// The first lines of a configuration: what it is, where it goes, and whose the files that it names must be and with which mode.
/// </summary>
/// <param name="Place">Where it goes, or how it is run: a sentence, or several lines of them.</param>
internal sealed record ConfigHeader(string Place)
{
    /// <summary>What begins a comment.</summary>
    public string Comment { get; init; } = "#";

    /// <summary>The account that the program runs as and reads the key with; null for whoever starts it.</summary>
    public string? Account { get; init; }

    /// <summary>Whether it reads the key as root, before it becomes another.</summary>
    public bool ReadsAsRoot { get; init; }

    /// <summary>The file with the key, and the certificates' files; null for those that the party has as PEM.</summary>
    public (string Key, string Others)? Files { get; init; }

    /// <summary>The lines, with a newline after the last.</summary>
    public string Of(PartySettings party)
    {
        (string key, string others) = Files ?? (party.Files.Key, $"{party.Files.Presented}, {party.Files.Anchors}");
        string whose = (Account, ReadsAsRoot) switch
        {
            (_, true) => "root's, mode 0600; it is read before root's rights are given up",
            (null, _) => "of the user who runs this, mode 0600",
            ({ } account, _) => $"{account}'s, mode 0600; or root's, group {account}, mode 0640 (keyMode and keyGroup in the scenario)",
        };
        string readers = Account is null || ReadsAsRoot ? "" : $", in folders that {Account} may enter";
        string[] lines =
        [
            .. $"{party.Party} of the scenario {party.Scenario}. {Place}".Split('\n'),
            $"Key: {VisibleText.Of(key)}: {whose}.",
            $"Others: {VisibleText.Of(others)}: mode 0644{readers}.",
        ];
        return string.Concat(lines.Select(line => $"{Comment} {line}\n"));
    }
}
