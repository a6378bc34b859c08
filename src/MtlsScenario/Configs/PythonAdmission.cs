namespace MtlsScenario.Configs;

/// <summary>The lines of a Python program that tell who is let in.</summary>
internal static class PythonAdmission
{
    /// <summary>Declares <c>admits(entries, der)</c>: a kind of name and an expression in each entry, and a certificate. It needs <c>re</c>.</summary>
    public const string Functions = """
        # The elements of DER (X.690). What is not written exactly so is an error, and what is in it is no name.
        def elements(der):
            found, at = [], 0
            while at < len(der):
                tag, first = der[at], der[at + 1]
                start = at + 2 + (first - 128 if first > 128 else 0)
                length = int.from_bytes(der[at + 2:start], "big") if first > 128 else first
                shortest = length > 127 and der[at + 2] > 0 if first > 128 else length < 128
                if tag & 31 == 31 or not shortest or start + length > len(der):
                    raise ValueError("no DER")
                found.append((tag, der[start:start + length]))
                at = start + length
            return found


        def only(found):
            (one,) = found
            return one


        def fields(der):
            found = elements(elements(only(elements(der))[1])[0][1])
            return found[1:] if found[0][0] == 0xA0 else found


        def text(tag, content):
            if tag not in (12, 18, 19, 20, 22, 26):
                raise ValueError("no text")
            return content.decode("utf-8" if tag == 12 else "ascii")


        def common_names(der):
            attributes = [elements(attribute) for _, relative in elements(fields(der)[4][1]) for _, attribute in elements(relative)]
            return [("CN", only([text(*value) for kind, value in attributes if kind[1] == bytes([0x55, 4, 3])]))]


        # What has no case in a name, in small letters: a domain, and the scheme and the host of a URI.
        def mail(name):
            local, sign, domain = name.rpartition("@")
            return local + sign + domain.lower()


        def uri(name):
            scheme, colon, rest = name.partition(":")
            if not colon:
                return name
            if rest.startswith("//"):
                authority, slash, path = rest[2:].partition("/")
                rest = "//" + mail(authority) + slash + path
            return scheme.lower() + colon + rest


        def address(content):
            if len(content) not in (4, 16):
                raise ValueError("no address")
            return content.hex()


        def alternative_names(der):
            kinds = {
                0x81: ("email", lambda name: mail(name.decode("ascii"))),
                0x82: ("DNS", lambda name: name.decode("ascii").lower()),
                0x86: ("URI", lambda name: uri(name.decode("ascii"))),
                0x87: ("IP", address),
            }
            extensions = [elements(extension) for tag, field in fields(der) if tag == 0xA3 for _, extension in elements(only(elements(field))[1])]
            tag, names = only(elements(only([parts[-1][1] for parts in extensions if parts[0][1] == bytes([0x55, 0x1D, 0x11])])))
            found = elements(names)
            if tag != 0x30 or any(tag & 0xC0 != 0x80 or tag - 0x20 in kinds for tag, _ in found):
                raise ValueError("no name")
            return [(kinds[tag][0], kinds[tag][1](content)) for tag, content in found if tag in kinds]


        def admits(entries, der):
            names = []
            for names_of in (common_names, alternative_names):
                try:
                    names += names_of(der)
                except (ValueError, IndexError):
                    pass  # All or nothing: a name that cannot be read must not make another one the only one.
            return any(kind == name[0] and re.fullmatch(pattern, name[1]) for name in names for kind, pattern in (entry.split(" ", 1) for entry in entries))

        """;
}
