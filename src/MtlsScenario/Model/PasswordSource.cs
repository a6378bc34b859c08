namespace MtlsScenario.Model;

/// <summary>Where a password is found; it never stands in a scenario.</summary>
public abstract record PasswordSource
{
    private PasswordSource()
    {
    }

    /// <summary>The first line of a file, without its line feed.</summary>
    /// <param name="Path">Relative to the folder of the scenario file.</param>
    public sealed record File(string Path) : PasswordSource
    {
        /// <inheritdoc/>
        public override string ToString() => Path;
    }

    /// <summary>A variable of the environment.</summary>
    /// <param name="Name">Its name: letters, digits and <c>_</c>.</param>
    public sealed record Variable(string Name) : PasswordSource
    {
        /// <inheritdoc/>
        public override string ToString() => $"${Name}";
    }
}
