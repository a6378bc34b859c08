using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace MtlsScenario.Tool;

/// <summary>Asks for a secret on the terminal.</summary>
/// <param name="input">What is typed.</param>
/// <param name="error">Where the question is written.</param>
internal sealed partial class SecretPrompt(Stream input, TextWriter error)
{
    /// <summary>More than a terminal takes in a line.</summary>
    private const int Longest = 4096;

    /// <summary>More than any system's <c>termios</c> has.</summary>
    private const int SizeOfModes = 256;

    /// <summary>Where the local modes are in it: after three words of flags, which are of twice the size on macOS.</summary>
    private static readonly int _localModes = OperatingSystem.IsMacOS() ? 24 : 12;

    /// <summary>
    /// What was typed until Enter; null at the end of input, or where the terminal cannot be kept from showing it. It shows
    /// nothing from before the question on: what is pasted may come before anybody reads.
    /// </summary>
    public async Task<string?> AskAsync(string question, CancellationToken cancellationToken)
    {
        byte[] modes = new byte[SizeOfModes];
        if (!OperatingSystem.IsWindows() && !TryHide(modes))
        {
            return null;
        }

        try
        {
            await error.WriteAsync(question.AsMemory(), cancellationToken).ConfigureAwait(false);

            // What waits for input cannot be called off, only left.
            return await Task.Run(() => OperatingSystem.IsWindows() ? ReadKeys() : ReadLine(), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!OperatingSystem.IsWindows())
            {
                _ = SetModes(0, 0, modes);
            }

            await error.WriteLineAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Tells the terminal not to show what is typed, and to forget what was; <paramref name="modes"/> is as it was.</summary>
    [UnsupportedOSPlatform("windows")]
    private static bool TryHide(byte[] modes)
    {
        const byte Echo = 0x8;
        const int AndForget = 2;
        if (GetModes(0, modes) != 0)
        {
            return false;
        }

        byte[] hidden = [.. modes];
        hidden[_localModes + (BitConverter.IsLittleEndian ? 0 : 3)] &= unchecked((byte)~Echo);
        return SetModes(0, AndForget, hidden) == 0;
    }

    /// <summary>The terminal itself lets a line be edited.</summary>
    private string? ReadLine()
    {
        byte[] line = new byte[Longest];
        int length = 0;
        while (length < Longest && input.Read(line, length, 1) > 0 && line[length] != (byte)'\n')
        {
            length++;
        }

        string? typed = length == 0 && line[0] != (byte)'\n' ? null : Encoding.UTF8.GetString(line, 0, length);
        Array.Clear(line);
        return typed;
    }

    private static string? ReadKeys()
    {
        var secret = new StringBuilder();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    return secret.ToString();
                case { Key: ConsoleKey.Escape }:
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

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetModes(int descriptor, [Out] byte[] modes);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetModes(int descriptor, int when, byte[] modes);
}
