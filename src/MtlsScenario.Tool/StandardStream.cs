using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MtlsScenario.Tool;

/// <summary>
/// Standard input, output or error. On Unix .NET's own would switch a terminal's keys to another mode at the first byte, and
/// leave it so.
/// </summary>
/// <param name="descriptor">0, 1 or 2.</param>
/// <param name="isForgiving">
/// Whether what cannot be written, as to a full disk, is dropped. So it is with messages: the run goes on to the exit code that
/// it would have had, and there is nobody else to tell.
/// </param>
internal sealed partial class StandardStream(int descriptor, bool isForgiving = false) : Stream
{
    private const int Interrupted = 4;
    private const int BrokenPipe = 32;

    /// <summary>TIOCGWINSZ of Linux.</summary>
    private const nuint AskSize = 0x5413;

    /// <summary>EAGAIN, where somebody made a terminal non-blocking.</summary>
    private static readonly int s_again = OperatingSystem.IsMacOS() ? 35 : 11;

    private readonly Stream? _windows = !OperatingSystem.IsWindows() ? null : descriptor switch
    {
        0 => Console.OpenStandardInput(),
        1 => Console.OpenStandardOutput(),
        _ => Console.OpenStandardError(),
    };

    /// <inheritdoc/>
    public override bool CanRead => descriptor == 0;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => descriptor != 0;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>How many columns the terminal on standard output or standard error has; null where there is none that says so.</summary>
    public static int? TerminalColumns(int descriptor)
    {
        if (OperatingSystem.IsLinux())
        {
            Span<ushort> size = stackalloc ushort[4];
            return ControlTerminal(descriptor, AskSize, size) == 0 && size[1] > 0 ? size[1] : null;
        }

        try
        {
            return Console.WindowWidth is > 0 and var columns ? columns : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            if (_windows is not null)
            {
                _windows.Write(buffer);
            }
            else if (!OperatingSystem.IsWindows())
            {
                WriteAll(buffer);
            }
        }
        catch (IOException) when (isForgiving)
        {
            // What is lost is a message; what it was about is in the exit code.
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is kept back.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_windows is not null)
        {
            return _windows.Read(buffer, offset, count);
        }

        while (true)
        {
            nint read = ReadSome(descriptor, buffer.AsSpan(offset, count), count);
            int error = read < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (error == 0)
            {
                return (int)read;
            }

            if (error == s_again)
            {
                Thread.Sleep(1);
            }
            else if (error != Interrupted)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }
        }
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _windows?.Dispose();
        }

        base.Dispose(disposing);
    }

    [UnsupportedOSPlatform("windows")]
    private void WriteAll(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written = WriteSome(descriptor, buffer, buffer.Length);
            switch (written < 0 ? Marshal.GetLastPInvokeError() : 0)
            {
                case 0:
                    buffer = buffer[(int)written..];
                    break;
                case Interrupted:
                    break;
                case BrokenPipe:
                    // Whoever read has had enough, as head has; that is no fault.
                    return;
                case var error when error == s_again:
                    Thread.Sleep(1);
                    break;
                case var error:
                    throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadSome(int descriptor, Span<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteSome(int descriptor, ReadOnlySpan<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ControlTerminal(int descriptor, nuint request, Span<ushort> size);
}
