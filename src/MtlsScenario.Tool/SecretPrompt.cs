using System.Text;

namespace MtlsScenario.Tool;

/// <summary>Asks for a secret on the terminal.</summary>
internal static class SecretPrompt
{
    /// <summary>What was typed until Enter; null after Escape or at the end of input. Nothing of it is shown.</summary>
    public static async Task<string?> AskAsync(string question, CancellationToken cancellationToken)
    {
        await Console.Error.WriteAsync(question.AsMemory(), cancellationToken).ConfigureAwait(false);
        try
        {
            // A key that is waited for cannot be called off, only left.
            return await Task.Run(Read, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await Console.Error.WriteLineAsync().ConfigureAwait(false);
        }
    }

    private static string? Read()
    {
        var secret = new StringBuilder();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    return secret.ToString();
                case { Key: ConsoleKey.Escape } or { KeyChar: '\u0004' }:
                    return null;
                case { Key: ConsoleKey.Backspace }:
                    secret.Length = Math.Max(0, secret.Length - 1);
                    break;
                case { KeyChar: not '\0' }:
                    secret.Append(key.KeyChar);
                    break;
            }
        }
    }
}
