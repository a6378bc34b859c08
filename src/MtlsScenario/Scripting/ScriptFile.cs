using MtlsScenario.Model;

namespace MtlsScenario.Scripting;

/// <summary>A file that a script reads or makes.</summary>
/// <param name="Path">Relative to the folder; in a fleet with the placeholder.</param>
/// <param name="Use">How it is treated.</param>
/// <param name="For">To whom it is handed, in words; null where it stays, or everybody is in one script.</param>
/// <param name="Kind">Of a key, the kind that it must be of where it is there already; null for any.</param>
internal sealed record ScriptFile(string Path, FileUse Use, string? For = null, KeyAlgorithm? Kind = null);
