namespace MtlsScenario.Issuance;

/// <summary>Says how two values differ that read the same: in their encoding.</summary>
internal static class EncodingDifference
{
    /// <summary>The bytes, as <c>encoded as 3003010100 -> encoded as 3000</c>.</summary>
    public static string Of(ReadOnlyMemory<byte> current, ReadOnlyMemory<byte> expected) =>
        $"encoded as {Convert.ToHexStringLower(current.Span)} -> encoded as {Convert.ToHexStringLower(expected.Span)}";
}
