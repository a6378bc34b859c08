namespace MtlsScenario.Planning;

/// <summary>Who does a step: a party (also for the authorities that it operates) or a third-party authority.</summary>
/// <param name="Name">The party's or authority's name; of a fleet, without a number.</param>
/// <param name="IsAuthority">Whether it is a third-party authority.</param>
/// <param name="Replicas">How many of it there are, or null.</param>
internal sealed record Actor(string Name, bool IsAuthority, int? Replicas = null);
