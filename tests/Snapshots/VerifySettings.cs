namespace VerifyTests;

/// <summary>The part of Verify's settings that the tests use.</summary>
public sealed class VerifySettings
{
    internal string? Directory { get; private set; }

    internal string? FileName { get; private set; }

    /// <summary>The folder of the snapshot, relative to the source file of the test.</summary>
    public void UseDirectory(string directory) => Directory = directory;

    /// <summary>The name of the snapshot, in place of <c>Class.Method</c>.</summary>
    public void UseFileName(string fileName) => FileName = fileName;

    /// <summary>Compares the text as it is; Verify would else put words in place of paths and of what looks like a moment.</summary>
#pragma warning disable CA1822 // An instance method in Verify; here nothing is ever replaced.
    public void DisableScrubbers()
#pragma warning restore CA1822
    {
    }

    /// <summary>Lets several tests compare with one snapshot, as two engines that must agree do.</summary>
#pragma warning disable CA1822 // An instance method in Verify, where it sets a flag; here nothing forbids sharing.
    public void DisableRequireUniquePrefix()
#pragma warning restore CA1822
    {
    }
}
