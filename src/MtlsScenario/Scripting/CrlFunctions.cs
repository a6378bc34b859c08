namespace MtlsScenario.Scripting;

/// <summary>The shell functions that make CRLs.</summary>
internal static class CrlFunctions
{
    /// <summary>What all of them need. The words for reasons are those that openssl prints and reads.</summary>
    public const string Lists = """

        # remember ISSUER FILE...: what the CRLs of that issuer that are there say goes on being said.
        remember() {
            issuer=$1
            shift
            : >known.txt
            : >wanted.txt
            for file do
                [ -s "$file" ] || continue
                awk '/^-----BEGIN X509 CRL/ { n++ } n { print > ("known-" n ".crl") }' "$file"
                for one in known-*.crl; do
                    [ -e "$one" ] || continue
                    command "$OPENSSL" crl -in "$one" -CAfile "$issuer" -noout </dev/null >log.txt 2>&1 || :
                    if grep -q '^verify OK' log.txt; then
                        openssl crl -in "$one" -noout -crlnumber -text
                        cat log.txt >>known.txt
                    fi
                    rm -f "$one"
                done
            done
        }
        # want SERIAL REASON [DATE [written]]: an entry that the scenario asks for; - for no reason, no date for now.
        want() {
            echo "$@" >>wanted.txt
        }
        # revoke CERTIFICATE REASON [DATE [written]]
        revoke() {
            openssl x509 -in "$1" -noout -serial
            read -r serial <log.txt
            shift
            want "${serial#*=}" "$@"
        }
        # crl_index: all entries for openssl, and the next number: the seconds since 1970 and six zeros, or one more than
        # there was.
        crl_index() {
            : >index.txt
            awk -v now="$now" -v today="$(date_at 0 0)" '
                function hex(n, text, digit) {
                    text = ""
                    while (n > 0) {
                        digit = n % 16
                        text = substr("0123456789ABCDEF", digit + 1, 1) text
                        n = (n - digit) / 16
                    }
                    return text
                }
                function after(text, i, digit) {
                    for (i = length(text); i > 0; i--) {
                        digit = index("0123456789ABCDEF", substr(text, i, 1))
                        if (digit < 16)
                            return substr(text, 1, i - 1) substr("0123456789ABCDEF", digit + 1, 1) substr(text, i + 1)
                        text = substr(text, 1, i - 1) "0" substr(text, i + 1)
                    }
                    return "1" text
                }
                function larger(one, other) {
                    return length(one) == length(other) ? ("x" one) > ("x" other) : length(one) > length(other)
                }
                function add(serial) {
                    if (serial in date)
                        return 0
                    order[++count] = serial
                    date[serial] = why[serial] = ""
                    return 1
                }
                BEGIN {
                    printed = "Unspecified,Key Compromise,CA Compromise,Affiliation Changed,Superseded,"
                    printed = printed "Cessation Of Operation,Certificate Hold,Remove From CRL"
                    read = "unspecified,keyCompromise,CACompromise,affiliationChanged,superseded,"
                    read = read "cessationOfOperation,certificateHold,removeFromCRL"
                    split(read, words, ",")
                    for (i = split(printed, names, ","); i > 0; i--)
                        reasons[names[i]] = words[i]
                }
                FILENAME == "wanted.txt" {
                    add($1)
                    if ($2 != "-")
                        why[$1] = $2
                    if (date[$1] == "" || $4 == "written")
                        date[$1] = substr($3 == "" ? today : $3, 3)
                    next
                }
                /^crlNumber=/ {
                    sub(/^crlNumber=(0x)?0*/, "")
                    if (larger($0, number))
                        number = $0
                }
                /^ *Serial Number: / {
                    serial = $3
                    isNew = add(serial)
                }
                /^ *Revocation Date: / && isNew {
                    gsub(/:/, "", $5)
                    month = (index("JanFebMarAprMayJunJulAugSepOctNovDec", $3) + 2) / 3
                    date[serial] = sprintf("%02d%02d%02d%sZ", $6 % 100, month, $4, $5)
                }
                isReason && isNew {
                    sub(/^ */, "")
                    sub(/ *$/, "")
                    why[serial] = reasons[$0]
                }
                { isReason = /X509v3 CRL Reason Code:/ }
                END {
                    next_one = hex(now * 1000000)
                    if (!larger(next_one, number))
                        next_one = after(number)
                    print (length(next_one) % 2 ? "0" : "") next_one > "crlnumber.txt"
                    for (i = 1; i <= count; i++) {
                        serial = order[i]
                        since = date[serial] (why[serial] == "" ? "" : "," why[serial])
                        print "R\t491231235959Z\t" since "\t" serial "\tunknown\t/CN=x" > "index.txt"
                    }
                }
            ' known.txt wanted.txt
        }

        """;

    /// <summary>Of a list that lasts as long as its authority, 1.1.1 is told how long that is from now on.</summary>
    public const string UntilEnd = """

        # until_end CERTIFICATE COMMAND...: openssl makes a CRL that lasts as long as its authority, or as long as that did.
        until_end() {
            openssl x509 -in "$1" -noout -dates
            shift
            awk -v now="$now" '
                function instant(month, day, time, year, clock, days) {
                    month = (index("JanFebMarAprMayJunJulAugSepOctNovDec", substr(month, length(month) - 2)) + 2) / 3
                    split(time, clock, ":")
                    text = sprintf("%04d%02d%02d%s%s%sZ", year, month, day, clock[1], clock[2], clock[3])
                    if (month < 3) {
                        year--
                        month += 12
                    }
                    days = 365 * year + int(year / 4) - int(year / 100) + int(year / 400)
                    days += int((153 * (month - 3) + 2) / 5) + day - 719469
                    return days * 86400 + clock[1] * 3600 + clock[2] * 60 + clock[3]
                }
                /^notBefore=/ { from = instant($1, $2, $3, $4) }
                /^notAfter=/ { end = instant($1, $2, $3, $4) }
                END { if (end > now) printf "%.0f %s\n", end - now, text; else printf "%.0f -\n", end - from + 1 }
            ' log.txt >dates.txt
            read -r seconds end <dates.txt
            case $version-$end in
                'OpenSSL 1.'* | *-) openssl "$@" -crlsec "$seconds" ;;
                *) openssl "$@" -crl_nextupdate "$end" ;;
            esac
        }

        """;
}
