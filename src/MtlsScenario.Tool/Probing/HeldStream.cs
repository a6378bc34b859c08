using System.Net.Sockets;

namespace MtlsScenario.Tool.Probing;

/// <summary>
/// A connection that holds back what is written until something is read. A TLS engine that sends each handshake message by
/// itself would find the connection broken before it reads the alert that says why; so all go at once, and what the other end
/// said is read even where it took nothing any more.
/// </summary>
/// <param name="connection">The connection, which it owns.</param>
internal sealed class HeldStream(NetworkStream connection) : Stream
{
    private readonly MemoryStream _held = new();

    /// <summary>How the other end ended the connection; null while it has not.</summary>
    public string? Ended { get; private set; }

    /// <summary>Whether the other end took too long.</summary>
    public bool TimedOut { get; private set; }

    /// <inheritdoc/>
    public override bool CanTimeout => true;

    /// <inheritdoc/>
    public override int ReadTimeout
    {
        get => connection.ReadTimeout;
        set => connection.ReadTimeout = value;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        Release();
        try
        {
            int count = connection.Read(buffer);
            Ended ??= count == 0 ? "it ended the connection without a word" : null;
            return count;
        }
        catch (IOException exception) when (exception.InnerException is SocketException socket)
        {
            TimedOut |= socket.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock;
            Ended ??= TimedOut ? null : "it reset the connection";
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => _held.Write(buffer, offset, count);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => _held.Write(buffer);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <summary>Sends what is held.</summary>
    public void Release()
    {
        if (_held.Length == 0)
        {
            return;
        }

        try
        {
            connection.Write(_held.GetBuffer().AsSpan(0, (int)_held.Length));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The other end is gone; what it said before may still be read.
        }

        _held.SetLength(0);
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_held.CanWrite)
        {
            Release();
        }

        _held.Dispose();
        connection.Dispose();
        base.Dispose(disposing);
    }
}
