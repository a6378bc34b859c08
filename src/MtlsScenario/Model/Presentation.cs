namespace MtlsScenario.Model;

/// <summary>What an end sends in its TLS Certificate message.</summary>
public enum Presentation
{
    /// <summary>The end sends its certificate and the intermediates above it.</summary>
    Chain,

    /// <summary>The end sends its certificate alone; the other end must know the intermediates.</summary>
    Leaf,
}
