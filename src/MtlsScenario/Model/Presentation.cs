namespace MtlsScenario.Model;

/// <summary>What an end sends in its TLS Certificate message.</summary>
public enum Presentation
{
    /// <summary>Its certificate and the intermediates above it.</summary>
    Chain,

    /// <summary>Its certificate alone.</summary>
    Leaf,
}
