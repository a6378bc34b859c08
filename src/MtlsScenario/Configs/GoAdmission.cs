using System.Collections.Immutable;

namespace MtlsScenario.Configs;

/// <summary>The functions of a Go program that tell who is let in.</summary>
internal static class GoAdmission
{
    /// <summary>What the functions import.</summary>
    public static ImmutableArray<string> Imports { get; } = ["crypto/x509", "encoding/hex", "errors", "regexp", "strings", "unicode/utf8"];

    /// <summary>A file of a program with the functions alone.</summary>
    public static string File { get; } = $"package main\n\n{Import(Imports)}\n{Functions}";

    /// <summary>The declaration of what is imported.</summary>
    public static string Import(IEnumerable<string> packages) =>
        $"import (\n{string.Concat(packages.Distinct().Order(StringComparer.Ordinal).Select(package => $"\t\"{package}\"\n"))})\n";

    /// <summary>Declares <c>admits(entries, caller)</c>: a kind of name and an expression in each entry.</summary>
    public const string Functions = """
        var errNoName = errors.New("no name")

        // admits tells whether a caller whose certificate is verified is let in.
        func admits(entries []string, caller *x509.Certificate) bool {
        	var names [][2]string
        	for _, namesOf := range []func(*x509.Certificate) ([][2]string, error){commonNames, alternativeNames} {
        		// All or nothing: a name that cannot be read must not make another one the only one.
        		if found, err := namesOf(caller); err == nil {
        			names = append(names, found...)
        		}
        	}
        	for _, entry := range entries {
        		kind, pattern, _ := strings.Cut(entry, " ")
        		expression := regexp.MustCompile(`\A(?:` + pattern + `)\z`)
        		for _, name := range names {
        			if name[0] == kind && expression.MatchString(name[1]) {
        				return true
        			}
        		}
        	}
        	return false
        }

        type element struct {
        	tag     byte
        	content []byte
        }

        // elements reads DER (X.690). What is not written exactly so is an error, and what is in it is no name.
        func elements(der []byte) (found []element, err error) {
        	for len(der) > 0 {
        		if len(der) < 2 || der[0]&31 == 31 || der[1] == 128 {
        			return nil, errNoName
        		}
        		length, start := int(der[1]), 2
        		if length > 128 {
        			start += length - 128
        			length = 0
        			if start > 5 || start > len(der) || der[2] == 0 {
        				return nil, errNoName
        			}
        			for _, digit := range der[2:start] {
        				length = length<<8 | int(digit)
        			}
        			if length < 128 {
        				return nil, errNoName
        			}
        		}
        		if length > len(der)-start {
        			return nil, errNoName
        		}
        		found = append(found, element{der[0], der[start : start+length]})
        		der = der[start+length:]
        	}
        	return found, nil
        }

        func commonNames(caller *x509.Certificate) (names [][2]string, err error) {
        	subject, err := elements(caller.RawSubject)
        	if err != nil || len(subject) != 1 {
        		return nil, errNoName
        	}
        	relatives, err := elements(subject[0].content)
        	if err != nil {
        		return nil, err
        	}
        	for _, relative := range relatives {
        		attributes, err := elements(relative.content)
        		if err != nil {
        			return nil, err
        		}
        		for _, attribute := range attributes {
        			parts, err := elements(attribute.content)
        			if err != nil || len(parts) != 2 {
        				return nil, errNoName
        			}
        			if string(parts[0].content) != "\x55\x04\x03" {
        				continue
        			}
        			if tag := parts[1].tag; !strings.Contains("\x0c\x12\x13\x14\x16\x1a", string(rune(tag))) || !utf8.Valid(parts[1].content) || tag != 12 && !isASCII(parts[1].content) {
        				return nil, errNoName
        			}
        			names = append(names, [2]string{"CN", string(parts[1].content)})
        		}
        	}
        	if len(names) != 1 {
        		return nil, errNoName
        	}
        	return names, nil
        }

        func alternativeNames(caller *x509.Certificate) (names [][2]string, err error) {
        	for _, extension := range caller.Extensions {
        		if !extension.Id.Equal([]int{2, 5, 29, 17}) {
        			continue
        		}
        		list, err := elements(extension.Value)
        		if err != nil || len(list) != 1 || list[0].tag != 0x30 || names != nil {
        			return nil, errNoName
        		}
        		found, err := elements(list[0].content)
        		if err != nil {
        			return nil, err
        		}
        		for _, name := range found {
        			text := string(name.content)
        			switch {
        			case name.tag&0xc0 != 0x80, name.tag == 0xa1, name.tag == 0xa2, name.tag == 0xa6, name.tag == 0xa7:
        				return nil, errNoName
        			case name.tag == 0x87 && (len(text) == 4 || len(text) == 16):
        				names = append(names, [2]string{"IP", hex.EncodeToString(name.content)})
        			case name.tag == 0x87, (name.tag == 0x81 || name.tag == 0x82 || name.tag == 0x86) && !isASCII(name.content):
        				return nil, errNoName
        			case name.tag == 0x81:
        				names = append(names, [2]string{"email", mail(text)})
        			case name.tag == 0x82:
        				names = append(names, [2]string{"DNS", strings.ToLower(text)})
        			case name.tag == 0x86:
        				names = append(names, [2]string{"URI", uri(text)})
        			}
        		}
        	}
        	return names, nil
        }

        func isASCII(text []byte) bool {
        	for _, character := range text {
        		if character > 127 {
        			return false
        		}
        	}
        	return true
        }

        // mail writes what has no case in a name, its domain, in small letters.
        func mail(name string) string {
        	domain := strings.LastIndex(name, "@") + 1
        	return name[:domain] + strings.ToLower(name[domain:])
        }

        // uri does so with the scheme and the host.
        func uri(name string) string {
        	scheme, rest, found := strings.Cut(name, ":")
        	if !found {
        		return name
        	}
        	if authority, isThere := strings.CutPrefix(rest, "//"); isThere {
        		path := ""
        		if at := strings.Index(authority, "/"); at >= 0 {
        			authority, path = authority[:at], authority[at:]
        		}
        		rest = "//" + mail(authority) + path
        	}
        	return strings.ToLower(scheme) + ":" + rest
        }

        """;
}
