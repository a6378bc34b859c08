namespace MtlsScenario.Files;

/// <summary>What was found in a file's place.</summary>
internal readonly record struct FileContent
{
    private const string LeadsNowhere = "it is a symbolic link to nothing";

    private FileContent(byte[]? bytes, string? fault)
    {
        Bytes = bytes;
        Fault = fault;
    }

    /// <summary>Nothing is there.</summary>
    public static FileContent Missing => default;

    /// <summary>A link in whose place something is, and at whose end nothing is.</summary>
    public static FileContent DeadLink => new(null, LeadsNowhere);

    /// <summary>What it holds, or null.</summary>
    public byte[]? Bytes { get; }

    /// <summary>Why it cannot be read, or null.</summary>
    public string? Fault { get; }

    /// <summary>Whether nothing is there.</summary>
    public bool IsMissing => Bytes is null && Fault is null;

    /// <summary>Whether it may be read by others alone.</summary>
    public bool IsDenied { get; private init; }

    /// <summary>A file that was read.</summary>
    public static FileContent Of(byte[] bytes) => new(bytes, null);

    /// <summary>A file that others may read, and this process may not.</summary>
    public static FileContent Denied { get; } = new(null, "permission denied") { IsDenied = true };

    /// <summary>A file that is there and cannot be read.</summary>
    public static FileContent Unreadable(string fault) => new(null, fault);
}
