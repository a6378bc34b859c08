namespace MtlsScenario.Requirements;

/// <summary>A test cannot try anything on this machine, for something is missing that not every machine can have: always a skip.</summary>
/// <param name="missing">What is missing, as the closing list names it.</param>
public sealed class ImpossibleException(string missing) : Exception(missing);
