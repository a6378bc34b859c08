namespace MtlsScenario.Configs;

/// <summary>The lines of a C# program that make the collection <c>anchors</c> all that it trusts.</summary>
internal static class CSharpTrust
{
    /// <summary>
    /// For a callback's <c>chain</c> and <c>errors</c>: .NET takes no anchor that is not self-signed, so the policy lets the
    /// end of the path be unknown, and this sees to it that an anchor is on it, byte for byte. For <c>Equals</c> and
    /// <c>Contains</c> any certificate with an anchor's issuer and serial number would be that anchor.
    /// </summary>
    public const string EndsAtAnchor =
        "errors == SslPolicyErrors.None && chain!.ChainElements.Any(element => anchors.Any(anchor => anchor.RawDataMemory.Span.SequenceEqual(element.Certificate.RawDataMemory.Span)))";

    /// <summary>Sets the property <c>CertificateChainPolicy</c>.</summary>
    /// <param name="target">What stands before the property's name, indentation first: <c>tls.</c>.</param>
    /// <param name="purpose">The OID of the purpose that the peer's certificate must have.</param>
    /// <param name="endsAtRoots">Whether each trust anchor is a root.</param>
    public static string Policy(string target, string purpose, bool endsAtRoots)
    {
        string indent = target[..^target.TrimStart().Length];
        string unknown = endsAtRoots
            ? ""
            : $"{indent}    VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority,\n";
        return $$"""
            {{target}}CertificateChainPolicy = new X509ChainPolicy
            {{indent}}{
            {{indent}}    TrustMode = X509ChainTrustMode.CustomRootTrust,
            {{indent}}    RevocationMode = X509RevocationMode.NoCheck,
            {{indent}}    DisableCertificateDownloads = true,
            {{indent}}    ApplicationPolicy = { new Oid("{{purpose}}") },
            {{unknown}}{{indent}}};
            {{target}}CertificateChainPolicy.CustomTrustStore.AddRange(anchors);

            """.ReplaceLineEndings("\n");
    }
}
