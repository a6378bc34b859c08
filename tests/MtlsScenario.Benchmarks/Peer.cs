using System.Globalization;

namespace MtlsScenario.Benchmarks;

/// <summary>Another program that makes a CA and leaves, run as its users would run it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Program">What must be installed.</param>
/// <param name="Script">The shell script; its argument is the number of leaves.</param>
internal sealed record Peer(string Name, string Program, string Script)
{
    /// <summary>The peers that are known.</summary>
    public static IReadOnlyList<Peer> All { get; } =
    [
        new(
            "certtool",
            "certtool",
            """
            certtool --generate-privkey --key-type ecdsa --curve secp256r1 --outfile ca.key
            printf 'cn = "fleet-ca"\nca\ncert_signing_key\nexpiration_days = 365\n' > ca.cfg
            certtool --generate-self-signed --load-privkey ca.key --template ca.cfg --outfile ca.crt
            i=1
            while [ "$i" -le "$1" ]; do
                certtool --generate-privkey --key-type ecdsa --curve secp256r1 --outfile "device-$i.key"
                printf 'cn = "device-%s"\ntls_www_client\nsigning_key\nexpiration_days = 365\n' "$i" > leaf.cfg
                certtool --generate-certificate --load-privkey "device-$i.key" --load-ca-certificate ca.crt \
                    --load-ca-privkey ca.key --template leaf.cfg --outfile "device-$i.crt"
                i=$((i + 1))
            done
            """),
        new(
            "easyrsa",
            "/usr/share/easy-rsa/easyrsa",
            """
            export EASYRSA_BATCH=1 EASYRSA_ALGO=ec EASYRSA_CURVE=prime256v1
            easyrsa=/usr/share/easy-rsa/easyrsa
            "$easyrsa" init-pki
            EASYRSA_REQ_CN=fleet-ca "$easyrsa" build-ca nopass
            i=1
            while [ "$i" -le "$1" ]; do
                "$easyrsa" build-client-full "device-$i" nopass
                i=$((i + 1))
            done
            """),
        new(
            "mkcert",
            "mkcert",
            """
            export CAROOT=$PWD
            i=1
            while [ "$i" -le "$1" ]; do
                mkcert -client -ecdsa -cert-file "device-$i.crt" -key-file "device-$i.key" "device-$i"
                i=$((i + 1))
            done
            """),
    ];

    /// <summary>Whether it can be run here.</summary>
    public bool IsInstalled => Finds(Program);

    /// <summary>Whether a program, by its path or by its name, is there.</summary>
    public static bool Finds(string program) => Path.IsPathRooted(program)
        ? File.Exists(program)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>The time for a CA and that many leaves in an empty folder.</summary>
    public TimeSpan Time(string folder, int leaves) => ChildProcess.Time(
        folder, "sh", "-euc", $"exec > /dev/null 2>&1\n{Script}", Name, leaves.ToString(CultureInfo.InvariantCulture));
}
