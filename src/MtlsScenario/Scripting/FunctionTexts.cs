using System.Globalization;

namespace MtlsScenario.Scripting;

/// <summary>The shell functions that not every script needs, as they stand in one.</summary>
internal static class FunctionTexts
{
    private const string Clock = "$(date -u +%s)";

    private const string DateAt = """

        # date_at DAYS SECONDS: that far from now, as openssl takes it. The seconds since 1970 are taken in two parts, because
        # some shells count with 32 bits.
        now=$(date -u +%s)
        case $now in
            '' | *[!0-9]* | ? | ?? | ??? | ???? | ?????) fail "date -u +%s does not say the seconds since 1970" ;;
        esac
        rest=1${now#"${now%?????}"}
        today=${now%?????}
        rest=$((today * 13600 + rest - 100000))
        today=$((today + rest / 86400))
        rest=$((rest % 86400))
        date_at() {
            seconds=$((rest + $2))
            day=$((today + $1 + seconds / 86400 + 719468))
            seconds=$((seconds % 86400))
            era=$((day / 146097))
            day=$((day % 146097))
            year=$(((day - day / 1460 + day / 36524 - day / 146096) / 365))
            day=$((day - (365 * year + year / 4 - year / 100)))
            month=$(((5 * day + 2) / 153))
            day=$((day - (153 * month + 2) / 5 + 1))
            year=$((year + era * 400 + month / 10))
            month=$(((month + 2) % 12 + 1))
            printf '%04d%02d%02d%02d%02d%02dZ' \
                "$year" "$month" "$day" $((seconds / 3600)) $((seconds / 60 % 60)) $((seconds % 60))
        }

        """;

    private const string Await = """

        # await FILE WHAT: goes on only where the file is there.
        await() {
            [ -e "$1" ] || {
                finish
                printf 'waiting for %s %s\n' "$1" "$2" >&2
                exit 3
            }
        }

        """;

    private const string AuthorityKeyIdentifier = """

        # An issuer whose certificate has no key identifier is not named by one: OpenSSL 3 has to be told, 1.1.1 does it anyway.
        authority_key_identifier() {
            openssl x509 -in "$1" -noout -ext subjectKeyIdentifier -out issuer.txt
            if grep -q 'X509v3 Subject Key Identifier' issuer.txt log.txt; then
                echo 'authorityKeyIdentifier = keyid:always'
            else
                case $version in
                    'OpenSSL 1.'*) ;;
                    *) echo 'authorityKeyIdentifier = none' ;;
                esac
            fi
        }

        """;

    private const string HasRequest = """

        # has_request KEY REQUEST: whether the request is there already, and for that key.
        has_request() {
            [ -e "$2" ] || return 1
            openssl pkey -in "$1" -pubout
            mv log.txt expected.txt
            openssl req -in "$2" -noout -pubkey
            cmp -s log.txt expected.txt
        }

        """;

    private const string SameSubject = """

        # same_subject EXPECTED REQUEST: nobody gets a certificate for another subject than the one that was agreed on.
        same_subject() {
            openssl req -in "$1" -noout -subject -nameopt RFC2253,dump_all,dump_der
            mv log.txt expected.txt
            openssl req -in "$2" -noout -subject -nameopt RFC2253,dump_all,dump_der
            cmp -s log.txt expected.txt || fail "$2 does not ask for the subject that was agreed on"
        }

        """;

    private const string SameKey = """

        # same_key KEY CERTIFICATE: a certificate for another key is of no use.
        same_key() {
            openssl pkey -in "$1" -pubout
            mv log.txt expected.txt
            openssl x509 -in "$2" -noout -pubkey
            cmp -s log.txt expected.txt || fail "$2 is not for $1"
        }

        """;

    private const string Give = """

        # give GROUP KEY: a key that its group cannot read is of no use.
        give() {
            chgrp "$1" "$2" 2>/dev/null || {
                echo "$2 cannot be given to the group $1" >&2
                exit 3
            }
        }

        """;

    private const string Seeded = """

        # seeded_key KEY: whether the key of the seed is yet to be put there; another key is left as it is.
        seeded_key() {
            [ -e "$1" ] || return 0
            openssl pkey -in seeded.pem -pubout
            mv log.txt expected.txt
            openssl pkey -in "$1" -pubout
            cmp -s log.txt expected.txt || fail "$1 is there, and is not the key of the seed"
            return 1
        }
        # seeded_member TABLE NUMBER: the key of a replica.
        seeded_member() {
            echo '-----BEGIN PRIVATE KEY-----'
            sed -n "s/^$2 //p" "$1" | fold -w 64
            echo '-----END PRIVATE KEY-----'
        }

        """;

    /// <summary>The text of the functions that are used.</summary>
    /// <param name="used">Which.</param>
    /// <param name="epoch">The moment that stands for now; null for that of the run.</param>
    public static string Of(ShellFunctions used, DateTimeOffset? epoch) => epoch is { } moment
        ? Of(used).Replace(Clock, moment.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        : Of(used);

    private static string Of(ShellFunctions used) => string.Concat(
        new[]
        {
            (ShellFunctions.DateAt, DateAt),
            (ShellFunctions.Await, Await),
            (ShellFunctions.AuthorityKeyIdentifier, AuthorityKeyIdentifier),
            (ShellFunctions.HasRequest, HasRequest),
            (ShellFunctions.SameSubject, SameSubject),
            (ShellFunctions.SameKey, SameKey),
            (ShellFunctions.Give, Give),
            (ShellFunctions.Seeded, Seeded),
            (ShellFunctions.Crl, CrlFunctions.Lists),
            (ShellFunctions.CrlUntilEnd, CrlFunctions.UntilEnd),
        }.Where(function => used.HasFlag(function.Item1)).Select(function => function.Item2));
}
