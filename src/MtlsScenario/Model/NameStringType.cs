namespace MtlsScenario.Model;

/// <summary>The ASN.1 type of a string in a name.</summary>
internal enum NameStringType
{
    /// <summary>UTF8String.</summary>
    Utf8,

    /// <summary>PrintableString: letters, digits, space and <c>' ( ) + , - . / : = ?</c>.</summary>
    Printable,

    /// <summary>IA5String: ASCII.</summary>
    Ia5,
}
