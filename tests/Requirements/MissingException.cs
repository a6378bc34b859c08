namespace MtlsScenario.Requirements;

/// <summary>
/// A test cannot try anything on this machine, for something is missing. The test framework makes a skip of it, unless
/// <c>MTLS_SCENARIO_REQUIRE</c> is <c>all</c>.
/// </summary>
/// <param name="missing">What is missing, as the closing list names it.</param>
public sealed class MissingException(string missing) : Exception(missing);
