using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>The class of a C# program that tells who is let in.</summary>
internal static class CSharpAdmission
{
    /// <summary>The namespaces that the class needs beyond those of every program here, and that stand before them.</summary>
    public const string FirstUsings = "using System.Formats.Asn1;\nusing System.Net;\n";

    /// <summary>The one that stands after them.</summary>
    public const string LastUsings = "using System.Text;\nusing System.Text.RegularExpressions;\n";

    /// <summary>Declares the class <c>Admission</c>.</summary>
    public static string Of(string party, ImmutableArray<AdmissionPattern> admits)
    {
        string entries = string.Concat(admits.Select(entry =>
            $"        ({KindOf(entry.Kind)}, new Regex({CSharpLiteral.Of($@"^{AdmissionExpression.Of(entry)}\z")}, RegexOptions.CultureInvariant)),\n"));
        return $$"""

            /// <summary>Whom {{party}} lets in, of those whose certificate is verified.</summary>
            static class Admission
            {
                private static readonly (string Kind, Regex Pattern)[] Admitted =
                [
            {{entries}}    ];

                public static bool Admits(X509Certificate2 caller)
                {
                    var commonNames = Sound(() => CommonNames(caller));
                    var names = Sound(() => AlternativeNames(caller)).Concat(commonNames.Count == 1 ? commonNames : []);
                    return names.Any(name => Admitted.Any(entry => entry.Kind == name.Kind && entry.Pattern.IsMatch(name.Value)));
                }

                // All or nothing: a name that cannot be read must not make another one the only one.
                private static List<(string Kind, string Value)> Sound(Func<IEnumerable<(string, string)>> names)
                {
                    try
                    {
                        return [.. names()];
                    }
                    catch (Exception exception) when (exception is AsnContentException or ArgumentException or InvalidOperationException)
                    {
                        return [];
                    }
                }

                private static IEnumerable<(string, string)> CommonNames(X509Certificate2 caller)
                {
                    AsnReader subject = Sequence(caller.SubjectName.RawData);
                    while (subject.HasData)
                    {
                        AsnReader relative = subject.ReadSetOf(skipSortOrderValidation: true);
                        while (relative.HasData)
                        {
                            AsnReader attribute = relative.ReadSequence();
                            if (attribute.ReadObjectIdentifier() == "2.5.4.3")
                            {
                                yield return ("CN", Text(attribute));
                            }
                        }
                    }
                }

                // UTF-8 where it is said to be that, and ASCII in the older types.
                private static string Text(AsnReader attribute)
                {
                    Asn1Tag tag = attribute.PeekTag();
                    if (tag.TagClass != TagClass.Universal || tag.TagValue is not (12 or 18 or 19 or 20 or 22 or 26)
                        || !attribute.TryReadPrimitiveCharacterStringBytes(tag, out ReadOnlyMemory<byte> text)
                        || (tag.TagValue != 12 && !Ascii.IsValid(text.Span)))
                    {
                        throw new AsnContentException();
                    }

                    return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text.Span);
                }

                private static IEnumerable<(string, string)> AlternativeNames(X509Certificate2 caller)
                {
                    AsnReader list = Sequence(caller.Extensions.Single(extension => extension.Oid?.Value == "2.5.29.17").RawData);
                    while (list.HasData)
                    {
                        Asn1Tag tag = list.PeekTag();
                        if (tag.TagClass != TagClass.ContextSpecific)
                        {
                            throw new AsnContentException();
                        }

                        switch (tag.TagValue)
                        {
                            case 1:
                                yield return ("email", Small(list.ReadCharacterString(UniversalTagNumber.IA5String, tag), @"[^@]*\z"));
                                break;
                            case 2:
                                yield return ("DNS", Small(list.ReadCharacterString(UniversalTagNumber.IA5String, tag), "^.*"));
                                break;
                            case 6:
                                yield return ("URI", Small(list.ReadCharacterString(UniversalTagNumber.IA5String, tag), "^[^:]*:|(?<=^[^:]*://(?:[^/]*@)?)[^/@]*(?=/|$)"));
                                break;
                            case 7:
                                byte[] address = list.ReadOctetString(tag);
                                yield return ("IP", new IPAddress(address).ToString());
                                break;
                            default:
                                list.ReadEncodedValue();
                                break;
                        }
                    }
                }

                // The sequence that is all of the value.
                private static AsnReader Sequence(byte[] value)
                {
                    var whole = new AsnReader(value, AsnEncodingRules.DER);
                    AsnReader sequence = whole.ReadSequence();
                    whole.ThrowIfNotEmpty();
                    return sequence;
                }

                // What has no case in a name, in small letters.
                private static string Small(string name, string part) => Regex.Replace(name, part, match => match.Value.ToLowerInvariant(), RegexOptions.Singleline);
            }

            """.ReplaceLineEndings("\n");
    }

    private static string KindOf(GeneralNameKind? kind) => kind switch
    {
        null => "\"CN\"",
        GeneralNameKind.Dns => "\"DNS\"",
        GeneralNameKind.Email => "\"email\"",
        GeneralNameKind.Uri => "\"URI\"",
        GeneralNameKind.IpAddress => "\"IP\"",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
