using System.Text;
using MtlsScenario.Diagnostics;
using MtlsScenario.Reconciling;
using MtlsScenario.Stores;

namespace MtlsScenario.Tool.Context;

/// <summary>The password of stores, as the user gives it: by a file, in the environment, or on the terminal.</summary>
/// <param name="context">What is around the command.</param>
/// <param name="file">The file as the user named it; null for none.</param>
internal sealed class GivenPassword(ToolContext context, string? file)
{
    /// <summary>The variable that may hold it.</summary>
    public const string Variable = "MTLS_SCENARIO_PASSWORD";

    /// <summary>How to say it.</summary>
    public const string Hint = $"--password-file FILE names it, or {Variable} in the environment";

    /// <summary>Whether somebody can be asked for it.</summary>
    public bool CanAsk => context.AskSecret is not null;

    /// <summary>The password that was said; null where none was. The caller disposes of it.</summary>
    /// <exception cref="EnvironmentException">The file cannot be read.</exception>
    public Password? Said()
    {
        if (file is null)
        {
            return context.Environment(Variable) is { } value ? Password.Of(Encoding.UTF8.GetBytes(value)) : null;
        }

        try
        {
            string path = context.Resolve(file);

            // What a shell or the system puts there is no file that stays.
            if (!path.StartsWith("/dev/", StringComparison.Ordinal) && StorePasswords.IsOpen(path))
            {
                context.Report.Warning($"{VisibleText.Of(file)}, which has a password, is open to others than its owner", "chmod 600 closes it");
            }

            return Password.FirstLine(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"{VisibleText.Of(file)}: the file cannot be read: {FileFault.Of(exception)}") { File = file };
        }
    }

    /// <summary>Asks for it; null where nobody answers. The caller disposes of it.</summary>
    /// <param name="shown">Whose password it is, fit to be printed.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<Password?> AskAsync(string shown, CancellationToken cancellationToken) =>
        context.AskSecret is { } ask && await ask($"password of {shown}: ", cancellationToken).ConfigureAwait(false) is { } answer
            ? Password.Of(Encoding.UTF8.GetBytes(answer))
            : null;
}
