using System.Text;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
using MtlsScenario.Stores;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Commands;

/// <summary>The password that opens stores and encrypted keys of others: in a file, or in the environment.</summary>
internal sealed class SaidPassword(CommandSyntax syntax)
{
    /// <summary>The variable.</summary>
    public const string Variable = "MTLS_SCENARIO_PASSWORD";

    private readonly CommandOption _file = syntax.Value(
        "--password-file <FILE>", "its first line opens stores and encrypted keys", Completion.File);

    /// <summary>Whether a file was named.</summary>
    public bool IsFile => _file.HasValue();

    /// <summary>The password; null where none was said. The caller disposes of it.</summary>
    /// <exception cref="EnvironmentException">The file cannot be read.</exception>
    public Password? Read(ToolContext context)
    {
        if (_file.Value() is not { } file)
        {
            return context.Environment(Variable) is { } value ? Password.Of(Encoding.UTF8.GetBytes(value)) : null;
        }

        try
        {
            return Password.FirstLine(File.ReadAllBytes(context.Resolve(file)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"{VisibleText.Of(file)}: the file cannot be read: {FileFault.Of(exception)}") { File = file };
        }
    }
}
