namespace MtlsScenario.Layouts;

/// <summary>One thing that two engines made differently. The texts may hold control characters of a certificate's.</summary>
/// <param name="Field">What, in the words of RFC 5280.</param>
/// <param name="Native">What the native issuer wrote.</param>
/// <param name="Script">What the script wrote.</param>
internal sealed record FieldDifference(string Field, string Native, string Script);
