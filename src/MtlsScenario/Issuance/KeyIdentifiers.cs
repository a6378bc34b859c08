namespace MtlsScenario.Issuance;

/// <summary>The identifiers of the keys of a certificate and of its issuer, which extensions hold.</summary>
/// <param name="Subject">The key identifier of the subject's key (RFC 5280 section 4.2.1.2, method 1).</param>
/// <param name="Authority">The value of the issuer certificate's subjectKeyIdentifier; null where it has none.</param>
internal readonly record struct KeyIdentifiers(ReadOnlyMemory<byte> Subject, ReadOnlyMemory<byte>? Authority);
