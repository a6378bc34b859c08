using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>The lines of a Node program that tell who is let in.</summary>
internal static class NodeAdmission
{
    /// <summary>Declares <c>isAdmitted(certificate)</c>.</summary>
    public static string Of(string party, ImmutableArray<AdmissionPattern> admits)
    {
        string entries = string.Concat(admits.Select(EntryOf));
        return $$"""

            // Whom {{party}} lets in, of those whose certificate is verified.
            const admits = [
            {{entries}}];

            // The elements of DER (X.690). What is not written exactly so is an error, and what is in it is no name.
            function elements(der) {
              const found = [];
              for (let at = 0; at < der.length;) {
                const tag = der[at];
                const count = der[at + 1] > 128 ? der[at + 1] - 128 : 0;
                const start = at + 2 + count;
                const length = count ? der.readUIntBE(at + 2, count) : der[at + 1];
                const isShortest = count ? length > 127 && der[at + 2] > 0 : length < 128;
                if ((tag & 31) === 31 || !isShortest || start + length > der.length) throw new Error('no DER');
                found.push({ tag, content: der.subarray(start, start + length) });
                at = start + length;
              }
              return found;
            }

            function only(list) {
              if (list.length !== 1) throw new Error('not one');
              return list[0];
            }

            function ascii(bytes) {
              if (bytes.some((byte) => byte > 127)) throw new Error('no ASCII');
              return bytes.toString('latin1');
            }

            // The subject and the extensions of a certificate (RFC 5280 section 4.1).
            function read(certificate) {
              const fields = elements(elements(only(elements(certificate.raw)).content)[0].content);
              if (fields[0].tag === 0xa0) fields.shift();
              const extensions = fields.find(({ tag }) => tag === 0xa3);
              return { subject: fields[4].content, extensions: extensions ? elements(only(elements(extensions.content)).content) : [] };
            }

            function commonNames(certificate) {
              const attributes = elements(read(certificate).subject).flatMap((relative) => elements(relative.content)).map(({ content }) => elements(content));
              const names = attributes.filter(([type]) => type.content.toString('hex') === '550403').map(([, { tag, content }]) => {
                if (tag === 12) return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
                if (![18, 19, 20, 22, 26].includes(tag)) throw new Error('no text');
                return ascii(content);
              });
              return [['CN', only(names)]];
            }

            // With the parts that have no case in small letters.
            function alternativeNames(certificate) {
              const kinds = {
                0x81: (name) => ['email', ascii(name).replace(/[^@]*$/, (domain) => domain.toLowerCase())],
                0x82: (name) => ['DNS', ascii(name).toLowerCase()],
                0x86: (name) => ['URI', ascii(name).replace(/^([^:]*:)(?:(\/\/(?:[^/]*@)?)([^/]*))?/, (_, scheme, user = '', host = '') => scheme.toLowerCase() + user + host.toLowerCase())],
                0x87: (name) => {
                  if (name.length !== 4 && name.length !== 16) throw new Error('no address');
                  return ['IP', name.toString('hex')];
                },
              };
              const values = read(certificate).extensions.map(({ content }) => elements(content)).filter(([type]) => type.content.toString('hex') === '551d11');
              const list = only(elements(only(values).at(-1).content));
              if (list.tag !== 0x30) throw new Error('no list');
              return elements(list.content).flatMap(({ tag, content }) => {
                if ((tag & 0xc0) !== 0x80 || kinds[tag - 0x20]) throw new Error('no name');
                return kinds[tag] ? [kinds[tag](content)] : [];
              });
            }

            function isAdmitted(certificate) {
              const names = [commonNames, alternativeNames].flatMap((namesOf) => {
                try {
                  return namesOf(certificate);
                } catch {
                  return [];
                }
              });
              return admits.some(([kind, pattern]) => names.some((name) => name[0] === kind && pattern.test(name[1])));
            }

            """.ReplaceLineEndings("\n");
    }

    private static string EntryOf(AdmissionPattern entry)
    {
        (string kind, string expression) = AdmissionExpression.Entry(entry);
        return $"  ['{kind}', /^{InLiteral(expression)}$/],{Comment(entry)}\n";
    }

    private static string Comment(AdmissionPattern entry) => entry.Kind == GeneralNameKind.IpAddress ? $" // {entry.Pattern}" : "";

    /// <summary>A line separator would end a regular expression literal.</summary>
    private static string InLiteral(string expression) => expression
        .Replace("\u2028", "\\u2028", StringComparison.Ordinal)
        .Replace("\u2029", "\\u2029", StringComparison.Ordinal);
}
