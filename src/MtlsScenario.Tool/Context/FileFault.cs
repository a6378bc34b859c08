using System.Runtime.InteropServices;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Tool.Context;

/// <summary>Says why a file cannot be read or written, without its name: that may be one that the user never gave.</summary>
internal static class FileFault
{
    /// <summary>A clause without a full stop, fit to be printed: <c>permission denied</c>.</summary>
    public static string Of(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "permission denied",

        PathTooLongException => "the name is too long",

        // On Unix it is the error's number, on Windows it has that in its lower half.
        IOException { HResult: var result } when (OperatingSystem.IsWindows() ? result >> 16 == unchecked((short)0x8007) : result > 0) =>
            VisibleText.Of(Marshal.GetPInvokeErrorMessage(result & 0xFFFF).TrimEnd('.', '\r', '\n')),
        _ => VisibleText.Of(exception.Message.TrimEnd('.')),
    };
}
