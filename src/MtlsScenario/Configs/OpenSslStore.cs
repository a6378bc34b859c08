using System.Collections.Immutable;

namespace MtlsScenario.Configs;

/// <summary>What openssl's commands verify with: they take several CRLs only in the file of the trust anchors.</summary>
/// <param name="files">The end's files.</param>
/// <param name="name">The name of the configuration, beside which that file is made.</param>
internal sealed class OpenSslStore(EndFiles files, string name)
{
    private string Both => Path.ChangeExtension(name, ".pem");

    /// <summary>The command that makes the file, with the newline after it; empty where there are no CRLs to check.</summary>
    public string Before => files.Crls is { } crls ? $"{CommandLine.Of("cat", files.Anchors!, crls)} >{Scripting.ShellQuoting.Quote(Both)} &&\n" : "";

    /// <summary>The options.</summary>
    public ImmutableArray<string> Options => files.Crls is null ? ["-CAfile", files.Anchors!] : ["-CAfile", Both, "-crl_check_all"];
}
