namespace MtlsScenario.Scripting;

/// <summary>The shell functions that write formats, in both kinds of script.</summary>
internal static class FormatFunctions
{
    private const string Password = """

        # password FILE WHAT PATH [VALUE]: keeps the first line of PATH or, without one, VALUE, where every reader takes such a one.
        password() {
            line=${4-}
            [ -z "$3" ] || line=$(head -n 1 "$3" | tr '\000' '\001')
            case $line in
                '') line='is missing' ;;
                *[!\ -~]*) line='has other than printable ASCII characters' ;;
                ??????*)
                    [ "${#line}" -gt 1023 ] || {
                        cat >"$1" <<END
        $line
        END
                        line=''
                        return
                    }
                    line='has more than 1023 characters'
                    ;;
                *) line='has fewer than 6 characters' ;;
            esac
            echo "$2 $line" >&2
            exit 3
        }

        """;

    private const string Presented = """

        # presented CERTIFICATE CHAIN: the certificate, and what is behind it in the file CHAIN, if there is one, but for roots.
        presented() {
            openssl x509 -in "$1" -out TMP/certificate.pem
            [ -e "$2" ] || return 0
            openssl crl2pkcs7 -nocrl -certfile "$2" -out TMP/chain.p7b
            openssl pkcs7 -in TMP/chain.p7b -print_certs -out TMP/chain.txt
            sed -n -e '1,/^-----END/d' -e '/^subject=/{s///;h;d;}' -e '/^issuer=/{s///;G;s/^\(.*\)\n\1$/root/;h;d;}' \
                -e '/^-----BEGIN/,/^-----END/{x;/^root$/{x;d;};x;p;}' TMP/chain.txt >>TMP/certificate.pem
        }

        """;

    private const string TrustStore = """

        # trust_store PASSWORD FILE [ALIAS CERTIFICATE]...: PKCS#12 of trust anchors as Java wants it, which no option of
        # openssl before 3.2 makes. It is not encrypted, and the salt of its MAC comes of its content: nothing in it is random,
        # so that replicas with the same anchors get a copy.
        octets() {
            od -An -v -tx1 | tr -d ' \n'
        }
        der() {
            openssl asn1parse -genconf "TMP/$1.cnf" -noout -out "TMP/$1.der"
        }
        repeated() {
            hex=$1
            while [ "${#hex}" -lt "$2" ]; do
                hex=$hex$1
            done
            cut -c "1-$2" <<END
        $hex
        END
        }
        trust_store() {
            of=$(
                echo "$1"
                shift 2
                while [ "$#" -gt 0 ]; do
                    echo "$1"
                    cat "$2"
                    shift 2
                done
            )
            if [ "$of" = "${trust_store_of-}" ]; then
                cp TMP/store.p12 "$2"
                return
            fi
            trust_store_of=$of
            code=$(head -n 1 "$1" | tr -d '\n' | octets | sed 's/../00&/g')0000
            length=$(((${#code} + 127) / 128 * 128))
            store=$2
            shift 2
            bag=0
            {
                echo 'asn1 = SEQUENCE:bags'
                while [ "$#" -gt 0 ]; do
                    bag=$((bag + 1))
                    openssl x509 -in "$2" -outform DER -out TMP/bag.der
                    cat <<END
        [bags]
        bag$bag = SEQUENCE:bag$bag
        [bag$bag]
        type = OID:1.2.840.113549.1.12.10.1.3
        value = EXPLICIT:0,SEQUENCE:value$bag
        attributes = SET:attributes$bag
        [value$bag]
        type = OID:1.2.840.113549.1.9.22.1
        value = EXPLICIT:0,FORMAT:HEX,OCTETSTRING:$(octets <TMP/bag.der)
        [attributes$bag]
        alias = SEQUENCE:alias$bag
        use = SEQUENCE:use
        [alias$bag]
        type = OID:1.2.840.113549.1.9.20
        value = SET:name$bag
        [name$bag]
        value = BMPSTRING:$1
        END
                    shift 2
                done
                cat <<'END'
        [use]
        type = OID:2.16.840.1.113894.746875.1.1
        value = SET:any
        [any]
        value = OID:2.5.29.37.0
        END
            } >TMP/bags.cnf
            der bags
            cat >TMP/safe.cnf <<END
        asn1 = SEQUENCE:safe
        [safe]
        part = SEQUENCE:part
        [part]
        type = OID:1.2.840.113549.1.7.1
        value = EXPLICIT:0,FORMAT:HEX,OCTETSTRING:$(octets <TMP/bags.der)
        END
            der safe
            openssl dgst -sha256 -binary -out TMP/digest TMP/safe.der
            salt=$(octets <TMP/digest | cut -c 1-16)
            cat >TMP/code.cnf <<END
        asn1 = FORMAT:HEX,OCTETSTRING:$(repeated 03 128)$(repeated "$salt" 128)$(repeated "$code" "$length")
        END
            der code
            tail -c $((128 + length / 2)) TMP/code.der >TMP/code
            openssl dgst -sha256 -binary -out TMP/digest TMP/code
            openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(octets <TMP/digest)" -binary -out TMP/mac TMP/safe.der
            cat >TMP/store.cnf <<END
        asn1 = SEQUENCE:store
        [store]
        version = INTEGER:3
        safe = SEQUENCE:safe
        mac = SEQUENCE:mac
        [safe]
        type = OID:1.2.840.113549.1.7.1
        value = EXPLICIT:0,FORMAT:HEX,OCTETSTRING:$(octets <TMP/safe.der)
        [mac]
        digest = SEQUENCE:digest
        salt = FORMAT:HEX,OCTETSTRING:$salt
        [digest]
        algorithm = SEQUENCE:algorithm
        value = FORMAT:HEX,OCTETSTRING:$(octets <TMP/mac)
        [algorithm]
        type = OID:2.16.840.1.101.3.4.2.1
        parameters = NULL
        END
            der store
            mv TMP/store.der TMP/store.p12
            cp TMP/store.p12 "$store"
        }

        """;

    private const string Manifests = """

        # secret NAME CHAIN KEY [ANCHORS] and config_map NAME ANCHORS: manifests for Kubernetes.
        secret() {
            openssl pkcs8 -topk8 -nocrypt -in "$3" -out TMP/pkcs8.key
            printf 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: %s\ntype: kubernetes.io/tls\ndata:\n' "$1"
            entry tls.crt "$2"
            entry tls.key TMP/pkcs8.key
            [ "$#" -lt 4 ] || entry ca.crt "$4"
        }
        entry() {
            openssl base64 -A -in "$2" -out TMP/base64.txt
            printf '  %s: ' "$1"
            cat TMP/base64.txt
            echo
        }
        config_map() {
            printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: %s\ndata:\n  ca.crt: |\n' "$1"
            sed 's/^/    /' "$2"
        }

        """;

    private const string SameKeyThere = """

        # same_key_there KEY FILE [PASSWORD]: a file with a key that is there already has to be that key's, so that none
        # gets lost.
        same_key_there() {
            [ -s "$2.there" ] || return 0
            openssl pkey -in "$1" -pubout -out expected.txt
            : >there.key
            case $2 in
                *.p12) command "$OPENSSL" pkcs12 -in "$2.there" -passin "${3-}" -nodes -nocerts -out there.key ;;
                *.der) command "$OPENSSL" pkey -inform DER -in "$2.there" -out there.key ;;
                *.yaml) sed -n 's/^  tls[.]key: //p' "$2.there" | command "$OPENSSL" base64 -d -A -out there.key ;;
                *) command "$OPENSSL" pkey -in "$2.there" -passin "${3-pass:}" -out there.key ;;
            esac </dev/null >log.txt 2>&1 || :
            command "$OPENSSL" pkey -in there.key -pubout -out there.txt </dev/null >log.txt 2>&1 || : >there.txt
            cmp -s there.txt expected.txt || fail "$2 is there and has another key, or another password; it is left as it is"
        }

        """;

    /// <summary>The text of the functions that are used.</summary>
    /// <param name="used">Which.</param>
    /// <param name="folder">What goes before the files that they work with: nothing, or a folder and a slash.</param>
    public static string Of(ShellFunctions used, string folder) => string.Concat(
        new[]
        {
            (ShellFunctions.Password, Password),
            (ShellFunctions.TrustStore, TrustStore),
            (ShellFunctions.Manifests, Manifests),
            (ShellFunctions.Presented, Presented),
            (ShellFunctions.SameKeyThere, SameKeyThere),
        }.Where(function => used.HasFlag(function.Item1)).Select(function => function.Item2.Replace("TMP/", folder, StringComparison.Ordinal)));
}
