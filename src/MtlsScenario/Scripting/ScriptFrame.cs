using MtlsScenario.Diagnostics;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>What stands around the steps of every script: what makes it run the same everywhere, and safely.</summary>
internal static class ScriptFrame
{
    /// <summary>The name of the configuration that stands in for the machine's.</summary>
    public const string Config = "openssl.cnf";

    private const string Prologue = """
        set -eu
        umask 077
        LC_ALL=C
        export LC_ALL
        unset CDPATH

        fail() {
            printf '%s\n' "$*" >&2
            exit 1
        }

        # openssl is the program that OPENSSL names. What it says is shown where it fails.
        OPENSSL=${OPENSSL:-openssl}
        case $OPENSSL in
            /* | [A-Za-z]:*) ;;
            */*) OPENSSL=$(pwd)/$OPENSSL ;;
        esac
        openssl() {
            command "$OPENSSL" "$@" </dev/null >log.txt 2>&1 || {
                cat log.txt >&2
                fail "$OPENSSL $1 failed"
            }
        }
        version=$(command "$OPENSSL" version </dev/null 2>/dev/null) || fail "there is no openssl that runs as $OPENSSL"
        rest=${version#* }
        version="${version%% *} ${rest%% *}"
        case $version in
            'OpenSSL 1.1.1'* | 'OpenSSL '[3-9].* | 'OpenSSL '[1-9][0-9].*) ;;
            *) fail "OpenSSL 1.1.1 or later is needed, and this is $version" ;;
        esac

        """;

    private const string TakeMade = """
        made-* | reused-*)
                                [ ! -h "../$2" ] || fail "$2 is a symbolic link, and a file is to have its name"
                                [ "$1" = made ] || cp "../$2" "$2"
                                ;;
        """;

    private const string TakeFormed = """
        made-* | reused-* | formed-*)
                                [ ! -h "../$2" ] || fail "$2 is a symbolic link, and a file is to have its name"
                                case $1 in
                                    reused) cp "../$2" "$2" ;;
                                    formed) cp "../$2" "$2.there" ;;
                                esac
                                ;;
        """;

    private const string DeliverFormed = """

                deliver-formed)
                    [ ! -e "$2" ] || {
                        if [ -e "../$2" ] || [ -h "../$2" ]; then
                            cmp -s "$2.there" "../$2" 2>/dev/null || fail "$2 was put there meanwhile; it is left as it is"
                            mv -f "$2" "../$2"
                        else
                            place_key "$2"
                        fi
                        echo "made $2"
                    }
                    ;;
        """;

    private const string Work = """

        # All is done in a folder of its own, which is removed in the end, whatever happens; what was made is moved out of it.
        [ "$#" -le 1 ] || fail "usage: sh $0 [FOLDER]"
        folder=${1:-.}
        case $folder in
            -*) folder=./$folder ;;
        esac
        [ -d "$folder" ] || MAKE-ROOT
        cd "$folder"

        # closed PATH WHERE: where everybody may write, anybody may have put a key.
        closed() {
            case $(ls -dlL "$1") in
                ????????w*) fail "everybody may write ${2:-into the folder}, so anybody may have put a key there" ;;
            esac
        }

        closed .
        work=WORK.$$
        mkdir "$work"
        trap 'cd .. && rm -rf "$work"' EXIT
        trap 'exit 129' HUP
        trap 'exit 130' INT
        trap 'exit 131' QUIT
        trap 'exit 143' TERM
        cd "$work"

        # file HOW FILE KIND-OR-WHOM: in the phase "take" what is there already is copied in; in the phase "deliver" what was
        # made takes its place. A key is never overwritten, an empty one is none, and nothing is written through or in the place
        # of a symbolic link.
        file() {
            set -- "$1" "$2" "${3-}"
            case $phase-$1 in
                take-*)
                    case $2 in
                        */*)
                            [ ! -h "../${2%/*}" ] || fail "${2%/*} is a symbolic link"
                            case $2 in
                                *.key) [ ! -d "../${2%/*}" ] || closed "../${2%/*}" "into ${2%/*}" ;;
                            esac
                            mkdir -p "${2%/*}"
                            ;;
                    esac
                    if [ -e "../$2" ] || [ -h "../$2" ]; then
                        [ -f "../$2" ] || fail "$2 is no file"
                        case $1-$2 in
                            TAKE-MADE
                            *.key)
                                closed "../$2" "$2"
                                [ ! -s "../$2" ] || {
                                    cp "../$2" "$2"
                                    check_key "$2" "$3"
                                }
                                ;;
                            *) cp "../$2" "$2" ;;
                        esac
                    fi
                    ;;
                deliver-kept)
                    if [ ! -s "../$2" ]; then
                        [ ! -e "$2" ] || deliver "$2"
                    elif [ -e "$2" ]; then
                        cmp -s "$2" "../$2" || fail "$2 was put there meanwhile; it is left as it is"
                    fi
                    ;;
                deliver-reused) [ ! -e "$2" ] || cmp -s "$2" "../$2" 2>/dev/null || deliver "$2" "$3" ;;
                deliver-made) [ ! -e "$2" ] || deliver "$2" "$3" ;;DELIVER-FORMED
            esac
        }
        deliver() {
            case $1 in
                */*) MAKE-INNER ;;
            esac
            case $1 in
                *.key) place_key "$1" ;;
                *)
                    chmod 644 "$1"
                    mv -f "$1" "../$1"
                    ;;
            esac
            echo "made $1${2:+ for $2}"
        }

        # place_key KEY: gives the key its name, where nothing else has that.
        place_key() {
            if [ -f "../$1" ] && [ ! -s "../$1" ]; then
                mv "../$1" "$1.empty"
                [ ! -s "$1.empty" ] || ln "$1.empty" "../$1"
            fi
            ! ln "$1" "../$1" 2>/dev/null || return 0
            if [ -e "../$1" ] || [ -h "../$1" ] || ! (set -C && : >"../$1") 2>/dev/null; then
                fail "$1 was put there meanwhile; it is left as it is"
            fi
            # There are no links here; the name is ours by an empty file.
            mv -f "$1" "../$1"
        }

        # check_key KEY KIND: a key that is there already has to be one that can be used, of the kind that is wanted.
        check_key() {
            command "$OPENSSL" pkey -in "$1" -passin pass: -noout -text_pub </dev/null >log.txt 2>&1 || {
                cat log.txt >&2
                fail "$1 is there and cannot be used: it is damaged, encrypted, or of a form that $version does not know"
            }
            case $2 in
                rsa-*) kind="Public-Key: (${2#rsa-} bit" ;;
                ec-p256) kind=prime256v1 ;;
                ec-p384) kind=secp384r1 ;;
                ec-p521) kind=secp521r1 ;;
                ed25519) kind='ED25519 Public-Key' ;;
                ml-dsa-*) kind="ML-DSA-${2#ml-dsa-} Public-Key" ;;
                *) kind=Public-Key ;;
            esac
            grep -q "$kind" log.txt || fail "$1 is no $2 key"
        }

        """;

    /// <summary>The comment that says what the script is for and how it is run.</summary>
    public static string Heading(Plan plan, ScriptOptions options, ScriptPasswords passwords)
    {
        var text = new ScriptText();
        WriteTitle(text, plan, options.For is { } actor ? $"{plan.Name}: what {actor} runs" : plan.Name);
        text.Line("#");
        text.Line("# Usage: sh SCRIPT [FOLDER]   into that folder; without one, into the current folder");
        text.Line("# OPENSSL=PROGRAM in the environment takes another openssl than the one in the path; 1.1.1 or later.");
        passwords.WriteHeading(text);
        if (options.Seeded is not null)
        {
            text.Line("# It holds private keys: whoever has it has them. The same bytes come of it each time.");
        }

        text.Line("# Keys that are there are kept, certificates are made anew. Where a step fails, the folder stays as it was.");
        text.Line();
        return text.ToString();
    }

    /// <summary>The first lines of a script: the shell, a title, and what the scenario is about.</summary>
    public static void WriteTitle(ScriptText text, Plan plan, string title)
    {
        text.Line("#!/bin/sh");
        text.Line("# " + title);
        foreach (string line in (plan.Description ?? "").ReplaceLineEndings("\n").Split('\n'))
        {
            string visible = VisibleText.Of(line).Trim();
            if (visible.Length > 0)
            {
                // Of the comments that tools obey, shellcheck's directives are the ones that would change a result.
                text.Line(visible.StartsWith("shellcheck", StringComparison.Ordinal) ? $"# > {visible}" : $"# {visible}");
            }
        }
    }

    /// <summary>What is done before the first step.</summary>
    /// <param name="scope">What is made, of which not every OpenSSL can make all.</param>
    /// <param name="hasRoot">Whether a bare root is made, whose extensions stand in the configuration.</param>
    /// <param name="passwords">How it comes by passwords.</param>
    public static string Opening(ScriptScope scope, bool hasRoot, ScriptPasswords passwords)
    {
        var text = new ScriptText();
        text.Verbatim(Prologue);
        if (scope.NeedsCrlDates)
        {
            text.Verbatim(VersionGuards.CrlDates);
        }

        if (scope.NeedsVersion1)
        {
            text.Verbatim(VersionGuards.Version1);
        }

        if (scope.NeedsMlDsa)
        {
            text.Verbatim(VersionGuards.MlDsa.Replace("openssl genpkey", "command \"$OPENSSL\" genpkey", StringComparison.Ordinal));
        }

        passwords.WriteResolution(text);
        var folders = new ScriptFolders(scope.Steps);
        bool forms = scope.Steps.Any(step => step.Step is WriteFormat { HoldsKey: true });
        text.Verbatim(Work
            .Replace("TAKE-MADE", forms ? TakeFormed : TakeMade, StringComparison.Ordinal)
            .Replace("*.key)", string.Join(" | ", ["*.key", .. scope.OtherKeys.Select(file => "*" + ShellQuoting.Quote(file))]) + ")", StringComparison.Ordinal)
            .Replace("DELIVER-FORMED", forms ? DeliverFormed : "", StringComparison.Ordinal)
            .Replace("WORK", FileNames.ScriptFolder, StringComparison.Ordinal)
            .Replace("MAKE-ROOT", folders.MakeRoot("\"$folder\""), StringComparison.Ordinal)
            .Replace("MAKE-INNER", folders.MakeInner, StringComparison.Ordinal));
        folders.Write(text);
        text.Line();
        text.Line("# The machine's own configuration has no say.");
        OwnConfig.Write(text, Config, "", issues: true, hasRoot);
        text.Line($"OPENSSL_CONF={Config}");
        text.Line("export OPENSSL_CONF");
        if (scope.NeedsSameEcdsa)
        {
            text.Line("# The same ECDSA signature each time, tried before anything is made.");
            text.Verbatim(VersionGuards.SameEcdsa);
        }

        if (hasRoot)
        {
            text.Line("# A subject looks like a path, which Git Bash would turn into one of Windows.");
            text.Line("MSYS_NO_PATHCONV=1");
            text.Line("export MSYS_NO_PATHCONV");
        }

        return text.ToString();
    }
}
