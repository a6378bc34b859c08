using System.Numerics;
using MtlsScenario.Planning;
using MtlsScenario.Seeding;

namespace MtlsScenario.Scripting;

/// <summary>What a script needs to make the bytes that come of a seed. Its plan has written dates and serial numbers.</summary>
/// <param name="Seed">The seed, from which its keys come; the script has the keys and not the seed.</param>
/// <param name="Epoch">The moment that stands for now, UTC.</param>
/// <param name="SerialOf">The serial number of a replica's certificate; null where it cannot be known.</param>
internal sealed record SeededScript(KeySeed Seed, DateTimeOffset Epoch, Func<PlannedCertificate, int, BigInteger?> SerialOf);
