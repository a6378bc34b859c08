using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>The class of a C# program that tells who is let in.</summary>
internal static class CSharpAdmission
{
    /// <summary>The namespaces that the class needs beyond those of every program here, and that stand before them.</summary>
    public const string FirstUsings = "using System.Formats.Asn1;\nusing System.Net;\n";

    /// <summary>The one that stands after them.</summary>
    public const string LastUsings = "using System.Text.RegularExpressions;\n";

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
                    var names = CommonNames(caller).ToList() is [var only] ? AlternativeNames(caller).Append(("CN", only)) : AlternativeNames(caller);
                    return names.Any(name => Admitted.Any(entry => entry.Kind == name.Item1 && entry.Pattern.IsMatch(name.Item2)));
                }

                private static IEnumerable<string> CommonNames(X509Certificate2 caller)
                {
                    AsnReader subject = new AsnReader(caller.SubjectName.RawData, AsnEncodingRules.DER).ReadSequence();
                    while (subject.HasData)
                    {
                        AsnReader relative = subject.ReadSetOf(skipSortOrderValidation: true);
                        while (relative.HasData)
                        {
                            AsnReader attribute = relative.ReadSequence();
                            if (attribute.ReadObjectIdentifier() == "2.5.4.3")
                            {
                                yield return attribute.ReadCharacterString((UniversalTagNumber)attribute.PeekTag().TagValue);
                            }
                        }
                    }
                }

                private static IEnumerable<(string, string)> AlternativeNames(X509Certificate2 caller)
                {
                    if (caller.Extensions["2.5.29.17"] is not { } extension)
                    {
                        yield break;
                    }

                    AsnReader list = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
                    while (list.HasData)
                    {
                        Asn1Tag tag = list.PeekTag();
                        switch (tag.TagValue)
                        {
                            case 1:
                                yield return ("email", Small(list.ReadCharacterString(UniversalTagNumber.IA5String, tag), "@[^@]*\\z"));
                                break;
                            case 2:
                                yield return ("DNS", list.ReadCharacterString(UniversalTagNumber.IA5String, tag).ToLowerInvariant());
                                break;
                            case 6:
                                yield return ("URI", Small(list.ReadCharacterString(UniversalTagNumber.IA5String, tag), "^[^/:]*:(?://[^/]*)?"));
                                break;
                            case 7:
                                yield return ("IP", new IPAddress(list.ReadOctetString(tag)).ToString());
                                break;
                            default:
                                list.ReadEncodedValue();
                                break;
                        }
                    }
                }

                // What has no case in a name, in small letters.
                private static string Small(string name, string part) => Regex.Replace(name, part, match => match.Value.ToLowerInvariant());
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
