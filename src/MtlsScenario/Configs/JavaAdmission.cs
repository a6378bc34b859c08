namespace MtlsScenario.Configs;

/// <summary>The class of a Java program that tells who is let in.</summary>
internal static class JavaAdmission
{
    /// <summary>What the class imports.</summary>
    public const string Imports = """
        import java.io.IOException;
        import java.nio.ByteBuffer;
        import java.nio.charset.StandardCharsets;
        import java.security.cert.X509Certificate;
        import java.util.ArrayList;
        import java.util.Arrays;
        import java.util.List;
        import java.util.concurrent.Callable;

        """;

    /// <summary>The class, whose constructor takes a kind of name and an expression in each text.</summary>
    public const string Class = """

        /** Whom a server lets in, of those whose certificate is verified. */
        final class Admission {
            private final List<String> entries;

            Admission(String... entries) {
                this.entries = List.of(entries);
            }

            boolean admits(X509Certificate caller) {
                List<String[]> names = new ArrayList<>();
                List<Callable<List<String[]>>> readers = List.of(() -> commonNames(caller), () -> alternativeNames(caller));
                for (Callable<List<String[]>> reader : readers) {
                    try {
                        names.addAll(reader.call());
                    } catch (Exception exception) {
                        // All or nothing: a name that cannot be read must not make another one the only one.
                    }
                }
                return names.stream().anyMatch(name -> entries.stream().map(entry -> entry.split(" ", 2))
                    .anyMatch(entry -> entry[0].equals(name[0]) && name[1].matches(entry[1])));
            }

            private static final class Element {
                int tag;
                byte[] content;
            }

            // The elements of DER (X.690). What is not written exactly so is an error, and what is in it is no name.
            private static List<Element> elements(byte[] der) throws IOException {
                List<Element> found = new ArrayList<>();
                for (int at = 0; at < der.length; ) {
                    Element element = new Element();
                    element.tag = der[at] & 255;
                    int count = at + 1 < der.length && (der[at + 1] & 255) > 128 ? (der[at + 1] & 255) - 128 : 0;
                    int start = at + 2 + count;
                    if (start > der.length || count > 3) throw new IOException("no DER");
                    int length = count == 0 ? der[at + 1] & 255 : 0;
                    for (int index = 0; index < count; index++) length = length << 8 | der[at + 2 + index] & 255;
                    boolean isShortest = count == 0 ? length < 128 : length > 127 && der[at + 2] != 0;
                    if ((element.tag & 31) == 31 || !isShortest || length > der.length - start) throw new IOException("no DER");
                    element.content = Arrays.copyOfRange(der, start, start + length);
                    found.add(element);
                    at = start + length;
                }
                return found;
            }

            private static Element only(List<Element> list) throws IOException {
                if (list.size() != 1) throw new IOException("not one");
                return list.get(0);
            }

            private static String ascii(byte[] bytes) throws IOException {
                for (byte value : bytes) if (value < 0) throw new IOException("no ASCII");
                return new String(bytes, StandardCharsets.US_ASCII);
            }

            private static List<Element> fields(X509Certificate caller) throws Exception {
                List<Element> fields = elements(elements(only(elements(caller.getEncoded())).content).get(0).content);
                if (fields.get(0).tag == 0xa0) fields.remove(0);
                return fields;
            }

            private static boolean is(Element type, int... bytes) {
                if (type.content.length != bytes.length) return false;
                for (int index = 0; index < bytes.length; index++) if (type.content[index] != bytes[index]) return false;
                return true;
            }

            private static List<String[]> commonNames(X509Certificate caller) throws Exception {
                List<String[]> names = new ArrayList<>();
                for (Element relative : elements(fields(caller).get(4).content)) {
                    for (Element attribute : elements(relative.content)) {
                        List<Element> parts = elements(attribute.content);
                        if (is(parts.get(0), 0x55, 4, 3)) names.add(new String[] {"CN", text(parts.get(1))});
                    }
                }
                if (names.size() != 1) throw new IOException("not one");
                return names;
            }

            private static String text(Element value) throws IOException {
                if (value.tag == 12) return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value.content)).toString();
                if (!List.of(18, 19, 20, 22, 26).contains(value.tag)) throw new IOException("no text");
                return ascii(value.content);
            }

            private static List<String[]> alternativeNames(X509Certificate caller) throws Exception {
                List<Element> values = new ArrayList<>();
                for (Element field : fields(caller)) {
                    if (field.tag != 0xa3) continue;
                    for (Element extension : elements(only(elements(field.content)).content)) {
                        List<Element> parts = elements(extension.content);
                        if (is(parts.get(0), 0x55, 0x1d, 0x11)) values.add(parts.get(parts.size() - 1));
                    }
                }
                Element list = only(elements(only(values).content));
                if (list.tag != 0x30) throw new IOException("no list");
                List<String[]> names = new ArrayList<>();
                for (Element name : elements(list.content)) {
                    if ((name.tag & 0xc0) != 0x80 || List.of(0xa1, 0xa2, 0xa6, 0xa7).contains(name.tag)) throw new IOException("no name");
                    if (name.tag == 0x81) names.add(new String[] {"email", mail(ascii(name.content))});
                    if (name.tag == 0x82) names.add(new String[] {"DNS", small(ascii(name.content))});
                    if (name.tag == 0x86) names.add(new String[] {"URI", uri(ascii(name.content))});
                    if (name.tag == 0x87) names.add(new String[] {"IP", address(name.content)});
                }
                return names;
            }

            private static String address(byte[] bytes) throws IOException {
                if (bytes.length != 4 && bytes.length != 16) throw new IOException("no address");
                StringBuilder digits = new StringBuilder();
                for (byte value : bytes) digits.append(String.format("%02x", value & 255));
                return digits.toString();
            }

            // What has no case in a name, in small letters: a domain, and the scheme and the host of a URI.
            private static String small(String name) {
                return name.toLowerCase(java.util.Locale.ROOT);
            }

            private static String mail(String name) {
                int domain = name.lastIndexOf('@') + 1;
                return name.substring(0, domain) + small(name.substring(domain));
            }

            private static String uri(String name) {
                int rest = name.indexOf(':') + 1;
                String scheme = small(name.substring(0, rest));
                if (!name.startsWith("//", rest) || rest == 0) return scheme + name.substring(rest);
                int path = name.indexOf('/', rest + 2) < 0 ? name.length() : name.indexOf('/', rest + 2);
                return scheme + "//" + mail(name.substring(rest + 2, path)) + name.substring(path);
            }
        }

        """;
}
