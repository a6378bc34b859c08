using System.ComponentModel;
using System.Globalization;
using CliWrap;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Commands;

/// <summary>A command of the user's, which <c>sh</c> runs where the user is.</summary>
internal static class UserCommand
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>It, as a process that is yet to be started; how it ends is for the caller to judge.</summary>
    /// <param name="context">Where the user is.</param>
    /// <param name="command">The command.</param>
    public static CliWrap.Command Of(ToolContext context, string command) =>
        Cli.Wrap("sh").WithArguments(["-c", command]).WithWorkingDirectory(context.WorkingDirectory).WithValidation(CommandResultValidation.None);

    /// <summary>Runs it, without its output.</summary>
    /// <param name="context">Where the user is.</param>
    /// <param name="command">The command.</param>
    /// <param name="name">What it is, and the option that has it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>What it exits with.</returns>
    /// <exception cref="EnvironmentException">It does not end, or there is no shell.</exception>
    public static async Task<int> RunAsync(ToolContext context, string command, (string Words, string Option) name, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        try
        {
            CommandResult result = await Of(context, command)
                .WithStandardOutputPipe(PipeTarget.ToStream(Stream.Null)).WithStandardErrorPipe(PipeTarget.ToStream(Stream.Null)).ExecuteAsync(limit.Token).ConfigureAwait(false);
            return result.ExitCode;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EnvironmentException($"{name.Words} is not done within {s_patience.TotalMinutes:0} minutes");
        }
        catch (Win32Exception exception)
        {
            throw new EnvironmentException($"no shell: {exception.Message}", $"{name.Option} needs sh");
        }
    }

    /// <summary>Runs the one by which a server learns who is revoked.</summary>
    /// <exception cref="EnvironmentException">It fails, so that nothing could be said of what follows.</exception>
    public static async Task RevokeAsync(ToolContext context, string command, CancellationToken cancellationToken)
    {
        if (await RunAsync(context, command, ("the command of --revoke", "--revoke"), cancellationToken).ConfigureAwait(false) is not 0 and var code)
        {
            throw new EnvironmentException(string.Create(CultureInfo.InvariantCulture, $"the command of --revoke ended with {code}"));
        }
    }
}
