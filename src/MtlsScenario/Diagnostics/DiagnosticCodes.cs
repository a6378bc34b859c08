namespace MtlsScenario.Diagnostics;

/// <summary>The codes of all diagnostics. They are stable: scripts and editors may go by them.</summary>
public static class DiagnosticCodes
{
    // The file as text and as YAML.
    /// <summary>The file is larger than 1 MiB.</summary>
    public const string FileTooLarge = "file-too-large";

    /// <summary>The file is no UTF-8 text.</summary>
    public const string NotText = "not-text";

    /// <summary>There is nothing in the file.</summary>
    public const string EmptyFile = "empty-file";

    /// <summary>It is no YAML.</summary>
    public const string YamlSyntax = "yaml-syntax";

    /// <summary>There is more than one document in the file.</summary>
    public const string SeveralDocuments = "several-documents";

    /// <summary>It is nested more than 64 levels deep.</summary>
    public const string NestedTooDeep = "nested-too-deep";

    /// <summary>Its aliases expand to too much.</summary>
    public const string AliasExpansion = "alias-expansion";

    /// <summary>An alias has no anchor above it.</summary>
    public const string UnknownAlias = "unknown-alias";

    /// <summary>A value has a tag, of which the format has none.</summary>
    public const string UnknownTag = "unknown-tag";

    /// <summary>A key stands twice in one mapping.</summary>
    public const string DuplicateKey = "duplicate-key";

    // The shape of the scenario.
    /// <summary>The format has no such key there.</summary>
    public const string UnknownKey = "unknown-key";

    /// <summary>The key belongs to something else.</summary>
    public const string MisplacedKey = "misplaced-key";

    /// <summary>A key that is required is not there.</summary>
    public const string MissingKey = "missing-key";

    /// <summary>A value is of another kind, such as a list where a text is wanted.</summary>
    public const string WrongType = "wrong-type";

    /// <summary>A value is none of the words that it can be.</summary>
    public const string UnknownWord = "unknown-word";

    /// <summary>The version of the format is not known.</summary>
    public const string UnsupportedVersion = "unsupported-version";

    /// <summary>A list has a value twice.</summary>
    public const string RepeatedValue = "repeated-value";

    // Names of things and what they refer to.
    /// <summary>A name cannot be part of a file name.</summary>
    public const string InvalidIdentifier = "invalid-identifier";

    /// <summary>A name is one that Windows reserves.</summary>
    public const string ReservedIdentifier = "reserved-identifier";

    /// <summary>Two authorities or parties have one name.</summary>
    public const string NameNotUnique = "name-not-unique";

    /// <summary>Two certificates would have one file, or two parties one folder.</summary>
    public const string FileCollision = "file-collision";

    /// <summary>There is no authority of that name.</summary>
    public const string UnknownAuthority = "unknown-authority";

    /// <summary>There is no party of that name.</summary>
    public const string UnknownParty = "unknown-party";

    /// <summary>Authorities issue each other, and none is a root.</summary>
    public const string IssuerCycle = "issuer-cycle";

    /// <summary>A chain of issuers has too many authorities.</summary>
    public const string ChainTooLong = "chain-too-long";

    /// <summary>A party cannot run that authority.</summary>
    public const string InvalidOperator = "invalid-operator";

    // Subjects.
    /// <summary>A subject is not in any of its forms.</summary>
    public const string InvalidSubject = "invalid-subject";

    /// <summary>A subject has no attribute.</summary>
    public const string EmptySubject = "empty-subject";

    /// <summary>A subject has an attribute that is not known.</summary>
    public const string UnknownAttribute = "unknown-attribute";

    /// <summary>An attribute has no value.</summary>
    public const string EmptyAttribute = "empty-attribute";

    /// <summary>A value is longer or shorter than its attribute allows.</summary>
    public const string AttributeLength = "attribute-length";

    /// <summary>A value has characters that its attribute does not allow.</summary>
    public const string AttributeCharacters = "attribute-characters";

    /// <summary>A value has a NUL in it.</summary>
    public const string NulCharacter = "nul-character";

    /// <summary>Warning: a value has a control character in it.</summary>
    public const string ControlCharacter = "control-character";

    /// <summary><c>{n}</c> stands where there are no replicas.</summary>
    public const string PlaceholderWithoutReplicas = "placeholder-without-replicas";

    // Other parts of a certificate.
    /// <summary>A lifetime ends before it begins.</summary>
    public const string InvalidLifetime = "invalid-lifetime";

    /// <summary>A time is no RFC 3339 instant, nor an offset where that is allowed.</summary>
    public const string InvalidInstant = "invalid-instant";

    /// <summary>A time is no duration.</summary>
    public const string InvalidDuration = "invalid-duration";

    /// <summary><c>renewBefore</c> is not shorter than what is left at issuance.</summary>
    public const string InvalidRenewBefore = "invalid-renew-before";

    /// <summary>A serial number is none, or outside of 1 to 2^159 − 1.</summary>
    public const string InvalidSerial = "invalid-serial";

    /// <summary>Two certificates of one issuer have one serial number.</summary>
    public const string DuplicateSerial = "duplicate-serial";

    /// <summary>What is revoked cannot be, or not then.</summary>
    public const string InvalidRevocation = "invalid-revocation";

    /// <summary>What an authority's CRLs are to be is not possible.</summary>
    public const string InvalidCrl = "invalid-crl";

    /// <summary>What <c>adopted</c> says is no SHA-256 fingerprint.</summary>
    public const string InvalidFingerprint = "invalid-fingerprint";

    /// <summary>A path leaves the folder of the certificates, or is one that not everybody can have.</summary>
    public const string InvalidPath = "invalid-path";

    /// <summary>What is provided, adopted or placed cannot go with replicas or folders of parties.</summary>
    public const string OneOfAKind = "one-of-a-kind";

    /// <summary>A subject alternative name is none of its kind.</summary>
    public const string InvalidName = "invalid-name";

    /// <summary>An object identifier is none.</summary>
    public const string InvalidOid = "invalid-oid";

    /// <summary>A number is none, or outside of its bounds.</summary>
    public const string InvalidNumber = "invalid-number";

    /// <summary>A name constraint is none.</summary>
    public const string InvalidConstraint = "invalid-constraint";

    /// <summary>There are too many names and name constraints to hold against each other.</summary>
    public const string ConstraintChecks = "constraint-checks";

    /// <summary>An extension's value is no DER.</summary>
    public const string InvalidExtension = "invalid-extension";

    /// <summary>A certificate would have an extension twice.</summary>
    public const string ExtensionConflict = "extension-conflict";

    /// <summary>A digest is written where only keys sign that have none: Ed25519 and ML-DSA.</summary>
    public const string DigestWithoutUse = "digest-without-use";

    /// <summary>A key cannot do what is asked of it.</summary>
    public const string UnfitKey = "unfit-key";

    /// <summary>A bare certificate has no place for what is written.</summary>
    public const string BareProfile = "bare-profile";

    // What a party does with its certificate, and connections.
    /// <summary>A group is none of a Unix system's.</summary>
    public const string InvalidGroup = "invalid-group";

    /// <summary>A format is in a list twice.</summary>
    public const string RepeatedFormat = "repeated-format";

    /// <summary>It is not said where a password is.</summary>
    public const string InvalidPassword = "invalid-password";

    /// <summary>The trust store and the key stores have one password.</summary>
    public const string SharedPassword = "shared-password";

    /// <summary>A key has no form older than PKCS#8.</summary>
    public const string NoTraditionalForm = "no-traditional-form";

    /// <summary>The name of an object of Kubernetes is too long.</summary>
    public const string ObjectName = "object-name";

    /// <summary>An address to listen on is none.</summary>
    public const string InvalidListen = "invalid-listen";

    /// <summary>A pattern of <c>admits</c> is none.</summary>
    public const string InvalidPattern = "invalid-pattern";

    /// <summary>A connection or an end of it is written otherwise than it can be.</summary>
    public const string InvalidConnection = "invalid-connection";

    /// <summary>There is no replica of that number.</summary>
    public const string UnknownReplica = "unknown-replica";

    /// <summary>A party has no certificate with which it could take that part.</summary>
    public const string NoCertificate = "no-certificate";

    /// <summary>A connection that is accepted says who rejects it, or why.</summary>
    public const string NotRejected = "not-rejected";

    // Warnings: legal, but some TLS stack rejects what comes of it.
    /// <summary>Warning: a server's certificate has no names.</summary>
    public const string ServerWithoutNames = "server-without-names";

    /// <summary>Warning: a server is called by a host that its certificate does not name.</summary>
    public const string HostNotNamed = "host-not-named";

    /// <summary>Warning: a certificate ends after its issuer.</summary>
    public const string OutlivesIssuer = "outlives-issuer";

    /// <summary>Warning: a certificate begins before its issuer.</summary>
    public const string StartsBeforeIssuer = "starts-before-issuer";

    /// <summary>Warning: a name is outside of what an authority above it permits.</summary>
    public const string OutsideNameConstraints = "outside-name-constraints";

    /// <summary>Warning: an authority is deeper than one above it allows.</summary>
    public const string OutsidePathLength = "outside-path-length";

    /// <summary>Warning: an issuer may not sign certificates.</summary>
    public const string IssuerCannotSign = "issuer-cannot-sign";

    /// <summary>Warning: a certificate is not for what its party does with it.</summary>
    public const string PurposeNotForRole = "purpose-not-for-role";

    /// <summary>Warning: two servers listen on one address.</summary>
    public const string SharedListen = "shared-listen";

    /// <summary>Warning: a group is given a key that it may not read.</summary>
    public const string KeyGroupWithoutAccess = "key-group-without-access";

    /// <summary>Warning: some programs do not read encrypted keys.</summary>
    public const string EncryptedKeyReaders = "encrypted-key-readers";

    /// <summary>Warning: some programs do not read Ed25519 or ML-DSA keys from a PKCS#12.</summary>
    public const string KeyInStore = "key-in-store";

    /// <summary>Warning: Kestrel does not send the intermediates of a PKCS#12.</summary>
    public const string IntermediatesInStore = "intermediates-in-store";

    /// <summary>Warning: .NET does not read a trust store of so many certificates.</summary>
    public const string LargeTrustStore = "large-trust-store";

    /// <summary>Warning: an end trusts nobody.</summary>
    public const string TrustsNobody = "trusts-nobody";

    /// <summary>Warning: a connection that is to be accepted cannot be.</summary>
    public const string CannotBeAccepted = "cannot-be-accepted";

    /// <summary>A revoked certificate that nobody checks.</summary>
    public const string RevocationUnchecked = "revocation-unchecked";

    /// <summary>CRLs are checked below an intermediate as trust anchor.</summary>
    public const string CrlBelowIntermediate = "crl-below-intermediate";

    /// <summary>An authority issues no CRL, and somebody checks.</summary>
    public const string NoCrl = "no-crl";

    /// <summary>A CRL expires before what it covers.</summary>
    public const string CrlExpiresFirst = "crl-expires-first";
}
