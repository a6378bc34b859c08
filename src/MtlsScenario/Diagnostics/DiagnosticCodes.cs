namespace MtlsScenario.Diagnostics;

/// <summary>The codes of all diagnostics. They are stable: scripts and editors may go by them.</summary>
internal static class DiagnosticCodes
{
    // The file as text and as YAML.
    public const string FileTooLarge = "file-too-large";
    public const string NotText = "not-text";
    public const string EmptyFile = "empty-file";
    public const string YamlSyntax = "yaml-syntax";
    public const string SeveralDocuments = "several-documents";
    public const string NestedTooDeep = "nested-too-deep";
    public const string AliasExpansion = "alias-expansion";
    public const string UnknownAlias = "unknown-alias";
    public const string UnknownTag = "unknown-tag";
    public const string DuplicateKey = "duplicate-key";

    // The shape of the scenario.
    public const string UnknownKey = "unknown-key";
    public const string MisplacedKey = "misplaced-key";
    public const string MissingKey = "missing-key";
    public const string WrongType = "wrong-type";
    public const string UnknownWord = "unknown-word";
    public const string UnsupportedVersion = "unsupported-version";
    public const string RepeatedValue = "repeated-value";

    // Names of things and what they refer to.
    public const string InvalidIdentifier = "invalid-identifier";
    public const string ReservedIdentifier = "reserved-identifier";
    public const string NameNotUnique = "name-not-unique";
    public const string FileCollision = "file-collision";
    public const string UnknownAuthority = "unknown-authority";
    public const string UnknownParty = "unknown-party";
    public const string IssuerCycle = "issuer-cycle";
    public const string InvalidOperator = "invalid-operator";

    // Subjects.
    public const string InvalidSubject = "invalid-subject";
    public const string EmptySubject = "empty-subject";
    public const string UnknownAttribute = "unknown-attribute";
    public const string EmptyAttribute = "empty-attribute";
    public const string AttributeLength = "attribute-length";
    public const string AttributeCharacters = "attribute-characters";
    public const string NulCharacter = "nul-character";
    public const string ControlCharacter = "control-character";
    public const string PlaceholderWithoutReplicas = "placeholder-without-replicas";

    // Other parts of a certificate.
    public const string InvalidLifetime = "invalid-lifetime";
    public const string InvalidInstant = "invalid-instant";
    public const string InvalidDuration = "invalid-duration";
    public const string InvalidRenewBefore = "invalid-renew-before";
    public const string InvalidSerial = "invalid-serial";
    public const string DuplicateSerial = "duplicate-serial";
    public const string InvalidName = "invalid-name";
    public const string InvalidOid = "invalid-oid";
    public const string InvalidNumber = "invalid-number";
    public const string InvalidConstraint = "invalid-constraint";
    public const string InvalidExtension = "invalid-extension";
    public const string ExtensionConflict = "extension-conflict";
    public const string DigestWithEd25519 = "digest-with-ed25519";
    public const string BareProfile = "bare-profile";

    // What a party does with its certificate, and connections.
    public const string InvalidGroup = "invalid-group";
    public const string InvalidListen = "invalid-listen";
    public const string InvalidPattern = "invalid-pattern";
    public const string InvalidConnection = "invalid-connection";
    public const string UnknownReplica = "unknown-replica";
    public const string NoCertificate = "no-certificate";
    public const string NotRejected = "not-rejected";

    // Warnings: legal, but some TLS stack rejects what comes of it.
    public const string ServerWithoutNames = "server-without-names";
    public const string HostNotNamed = "host-not-named";
    public const string OutlivesIssuer = "outlives-issuer";
    public const string StartsBeforeIssuer = "starts-before-issuer";
    public const string OutsideNameConstraints = "outside-name-constraints";
    public const string OutsidePathLength = "outside-path-length";
    public const string IssuerCannotSign = "issuer-cannot-sign";
    public const string PurposeNotForRole = "purpose-not-for-role";
    public const string SharedListen = "shared-listen";
    public const string KeyGroupWithoutAccess = "key-group-without-access";
    public const string TrustsNobody = "trusts-nobody";
    public const string CannotBeAccepted = "cannot-be-accepted";
}
