using System.Text;

namespace MtlsScenario.Stores;

/// <summary>Manifests for Kubernetes, in bytes throughout, so that a key never becomes a string.</summary>
internal static class KubernetesWriter
{
    /// <summary>A Secret of type kubernetes.io/tls.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="chain">What the party presents, PEM.</param>
    /// <param name="key">Its key, PEM.</param>
    /// <param name="anchors">What it trusts, PEM; null for nothing.</param>
    /// <returns>What the caller clears.</returns>
    public static byte[] Secret(string name, ReadOnlySpan<byte> chain, ReadOnlySpan<byte> key, byte[]? anchors) =>
    [
        .. Heading("Secret", name), .. "type: kubernetes.io/tls\ndata:\n  tls.crt: "u8, .. Base64Of(chain), .. "\n  tls.key: "u8, .. Base64Of(key),
        .. anchors is null ? [] : (byte[])[.. "\n  ca.crt: "u8, .. Base64Of(anchors)], .. "\n"u8,
    ];

    /// <summary>A ConfigMap of trust anchors.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="anchors">PEM.</param>
    public static byte[] ConfigMap(string name, ReadOnlySpan<byte> anchors)
    {
        string indented = Encoding.ASCII.GetString(anchors).TrimEnd('\n').Replace("\n", "\n    ", StringComparison.Ordinal);
        return [.. Heading("ConfigMap", name), .. Encoding.ASCII.GetBytes($"data:\n  ca.crt: |\n    {indented}\n")];
    }

    private static byte[] Heading(string kind, string name) =>
        Encoding.ASCII.GetBytes($"apiVersion: v1\nkind: {kind}\nmetadata:\n  name: {name}\n");

    private static byte[] Base64Of(ReadOnlySpan<byte> content)
    {
        byte[] text = new byte[System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(content.Length)];
        System.Buffers.Text.Base64.EncodeToUtf8(content, text, out _, out _);
        return text;
    }
}
