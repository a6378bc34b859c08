namespace MtlsScenario.Model;

/// <summary>What a password that stores are written with may be, whoever writes them: printable ASCII, which is all that Java takes.</summary>
internal static class PasswordRules
{
    /// <summary>What everybody uses where nothing is said: it keeps nobody out.</summary>
    public const string WellKnown = "changeit";

    /// <summary>How few characters it may have: as few as <c>keytool</c> takes.</summary>
    public const int Shortest = 6;

    /// <summary>How many it may have: openssl leaves out what is past that, without a word.</summary>
    public const int Longest = 1023;
}
