using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>How a script makes the folders that are missing: closed to others, and where a group reads a key, so that it gets there.</summary>
/// <param name="steps">What the script does.</param>
internal sealed class ScriptFolders(IEnumerable<ScriptStep> steps)
{
    private readonly PlannedCertificate[] _shared =
    [
        .. steps.Where(step => step.Step is GenerateKey && step.Certificate.KeyAccess.IsForGroup)
            .Select(step => step.Certificate)
            .DistinctBy(certificate => certificate.Folder, StringComparer.Ordinal),
    ];

    /// <summary>Whether a folder of its own has a key that a group reads.</summary>
    public bool HasShared => _shared.Any(certificate => certificate.Folder.Length > 0);

    /// <summary>The command that makes the folder that was named.</summary>
    /// <param name="folder">The folder, as a word of the shell.</param>
    public string MakeRoot(string folder) => _shared.Length > 0 ? $"(umask 066 && mkdir -p {folder})" : $"mkdir -p {folder}";

    /// <summary>The commands that let the group pass that reads a key in a folder of its own, which may be one of a fleet's.</summary>
    /// <param name="folder">The folder, as the plan has it.</param>
    public IEnumerable<string> Opening(string folder)
    {
        foreach (PlannedCertificate certificate in _shared.Where(certificate => certificate.Folder == folder))
        {
            string word = StepCommands.Word(folder);
            if (certificate.KeyAccess.Group is { } group)
            {
                yield return $"chgrp {ShellQuoting.Quote(group)} {word}";
            }

            yield return $"chmod 750 {word}";
        }
    }

    /// <summary>The command that makes the folder of a party.</summary>
    public string MakeInner => HasShared ? "new_folder \"${1%/*}\"" : "mkdir -p \"../${1%/*}\"";

    /// <summary>Writes the function that <see cref="MakeInner"/> calls, where it calls one.</summary>
    public void Write(ScriptText text)
    {
        if (!HasShared)
        {
            return;
        }

        text.Line("# new_folder FOLDER: the group that reads a key in it gets through it.");
        text.Open("new_folder() {");
        text.Line("[ ! -d \"../$1\" ] || return 0");
        text.Line("mkdir -p \"../$1\"");
        text.Open("case $1 in");
        foreach (PlannedCertificate certificate in _shared.OrderBy(certificate => certificate.Replicas is not null))
        {
            string folder = certificate.Folder;
            int number = folder.IndexOf(Replication.Placeholder, StringComparison.Ordinal);
            text.Open(number < 0 || certificate.Replicas is null ? $"{folder})" : $"{folder[..number]}[0-9]*)");
            if (certificate.KeyAccess.Group is { } group)
            {
                text.Line($"chgrp {ShellQuoting.Quote(group)} \"../$1\"");
            }

            text.Line("chmod 750 \"../$1\"");
            text.Close("    ;;");
        }

        text.Close("esac");
        text.Close("}");
    }
}
