namespace MtlsScenario.Interop.Tests.Importing;

/// <summary>A folder as some program leaves it, and the files at which nginx and curl are pointed.</summary>
/// <param name="Script">Makes it where it runs.</param>
/// <param name="Server">Certificate or chain, key, and trust anchors of a server, in the folder.</param>
/// <param name="Client">Those of a client.</param>
internal sealed record MadeFolder(string Script, string Server, string Client)
{
    /// <summary>What the layouts need that are made by openssl: keys are PKCS#1, as Go writes them.</summary>
    private const string Commands = """
        set -e
        key() { openssl genrsa -traditional -out "$1" 2048; }
        root() { key "$1.key"; openssl req -x509 -new -key "$1.key" -out "$1.crt" -subj "$2" -days 3650 -addext keyUsage=critical,digitalSignature,keyCertSign,cRLSign; }
        issue() {
            name=$1 subject=$2 ca=$3; shift 3
            key "$name.key"; openssl req -new -key "$name.key" -subj "$subject" -out request.tmp
            printf '%s\n' "$@" >extensions.tmp
            openssl x509 -req -in request.tmp -CA "$ca.crt" -CAkey "$ca.key" -set_serial "0x1$(openssl rand -hex 8)" -days 365 -out "$name.crt" -extfile extensions.tmp
            rm request.tmp extensions.tmp
        }
        server=extendedKeyUsage=serverAuth client=extendedKeyUsage=clientAuth both=extendedKeyUsage=serverAuth,clientAuth
        names=subjectAltName=DNS:localhost,IP:127.0.0.1 usage=keyUsage=critical,digitalSignature,keyEncipherment leaf=basicConstraints=critical,CA:FALSE

        """;

    /// <summary>By the name of the maker.</summary>
    public static IReadOnlyDictionary<string, MadeFolder> All { get; } = new Dictionary<string, MadeFolder>(StringComparer.Ordinal)
    {
        ["easy-rsa"] = new(
            """
            set -e
            export EASYRSA_BATCH=1 EASYRSA=/usr/share/easy-rsa EASYRSA_PKI="$PWD/pki"
            easyrsa=/usr/share/easy-rsa/easyrsa
            $easyrsa init-pki; EASYRSA_REQ_CN='Acme CA' $easyrsa build-ca nopass
            $easyrsa --subject-alt-name=DNS:localhost build-server-full localhost nopass
            $easyrsa build-client-full amy nopass
            """,
            "pki/issued/localhost.crt pki/private/localhost.key pki/ca.crt",
            "pki/issued/amy.crt pki/private/amy.key pki/ca.crt"),
        ["cfssl"] = new(
            """
            set -e
            key='"key":{"algo":"ecdsa","size":256}'
            printf '{"CN":"Acme Root",%s,"names":[{"O":"Acme"}]}' "$key" >ca.json
            printf '{"CN":"server","hosts":["localhost"],%s}' "$key" >server.json
            printf '{"CN":"amy","hosts":[""],%s}' "$key" >client.json
            echo '{"signing":{"profiles":{"client":{"expiry":"8760h","usages":["signing","client auth"]},"server":{"expiry":"8760h","usages":["signing","server auth"]}}}}' >config.json
            cfssl gencert -initca ca.json | cfssljson -bare ca
            for role in server client; do cfssl gencert -ca ca.pem -ca-key ca-key.pem -config config.json -profile $role $role.json | cfssljson -bare $role; done
            """,
            "server.pem server-key.pem ca.pem",
            "client.pem client-key.pem ca.pem"),
        ["mkcert"] = new(
            "export CAROOT=\"$PWD\"; mkcert localhost 127.0.0.1 && mkcert -client amy@example.org",
            "localhost+1.pem localhost+1-key.pem rootCA.pem",
            "amy@example.org-client.pem amy@example.org-client-key.pem rootCA.pem"),
        ["certtool"] = new(
            """
            set -e
            for who in ca server amy; do certtool --generate-privkey --key-type ecdsa --outfile $who-key.pem; done
            printf 'cn = "Acme CA"\nca\ncert_signing_key\nexpiration_days = 3650\n' >ca.tmpl
            printf 'cn = localhost\ndns_name = localhost\ntls_www_server\nsigning_key\nexpiration_days = 365\n' >server.tmpl
            printf 'cn = amy\ntls_www_client\nsigning_key\nexpiration_days = 365\n' >amy.tmpl
            certtool --generate-self-signed --load-privkey ca-key.pem --template ca.tmpl --outfile ca-cert.pem
            for who in server amy; do certtool --generate-certificate --load-privkey $who-key.pem --load-ca-certificate ca-cert.pem --load-ca-privkey ca-key.pem --template $who.tmpl --outfile $who-cert.pem; done
            """,
            "server-cert.pem server-key.pem ca-cert.pem",
            "amy-cert.pem amy-key.pem ca-cert.pem"),
        ["openssl by hand"] = new(
            Commands + """
            root root /O=Acme/CN=root
            issue issuing /O=Acme/CN=issuing root basicConstraints=critical,CA:TRUE authorityKeyIdentifier=keyid,issuer:always
            issue server /CN=localhost issuing $names authorityKeyIdentifier=keyid,issuer:always
            issue amy /CN=amy issuing $client
            for who in server amy; do { openssl x509 -in $who.crt -text; cat issuing.crt; } >$who-fullchain.pem; done
            """,
            "server-fullchain.pem server.key root.crt",
            "amy-fullchain.pem amy.key root.crt"),
        ["kubeadm"] = new(
            Commands + """
            mkdir -p pki/etcd; root pki/ca /CN=kubernetes; root pki/front-proxy-ca /CN=front-proxy-ca; root pki/etcd/ca /CN=etcd-ca
            issue pki/apiserver /CN=kube-apiserver pki/ca $leaf $usage $server $names
            issue pki/apiserver-kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client pki/ca $leaf $usage $client
            issue pki/front-proxy-client /CN=front-proxy-client pki/front-proxy-ca $leaf $usage $client
            issue pki/apiserver-etcd-client /O=system:masters/CN=kube-apiserver-etcd-client pki/etcd/ca $leaf $usage $client
            for who in server peer; do issue pki/etcd/$who /CN=master pki/etcd/ca $leaf $usage $both $names; done
            issue pki/etcd/healthcheck-client /O=system:masters/CN=kube-etcd-healthcheck-client pki/etcd/ca $leaf $usage $client
            key pki/sa.key; openssl rsa -in pki/sa.key -pubout -out pki/sa.pub
            issue admin /O=system:masters/CN=kubernetes-admin pki/ca $leaf $client
            printf 'apiVersion: v1\nkind: Config\nclusters:\n- cluster:\n    certificate-authority-data: %s\n    server: https://localhost:6443\n  name: kubernetes\nusers:\n- name: admin\n  user:\n    client-certificate-data: %s\n    client-key-data: %s\n' \
                "$(base64 -w0 pki/ca.crt)" "$(base64 -w0 admin.crt)" "$(base64 -w0 admin.key)" >admin.conf
            rm admin.crt admin.key
            """,
            "pki/etcd/server.crt pki/etcd/server.key pki/etcd/ca.crt",
            "pki/apiserver-etcd-client.crt pki/apiserver-etcd-client.key pki/etcd/ca.crt"),
        ["cert-manager"] = new(
            Commands + """
            mkdir ca server client; root ca/tls /CN=acme-ca
            issue server/tls /CN=server ca/tls $leaf $usage $server $names
            issue client/tls /CN=client ca/tls $leaf $usage $client
            for who in ca server client; do cp ca/tls.crt $who/ca.crt; done
            """,
            "server/tls.crt server/tls.key server/ca.crt",
            "client/tls.crt client/tls.key client/ca.crt"),
        ["Consul"] = new(
            Commands + """
            ec() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
            ec consul-agent-ca-key.pem
            hash=$(openssl ec -in consul-agent-ca-key.pem -pubout -outform DER | openssl dgst -sha256 -c | sed 's/.*= //')
            printf '%s\n' '[req]' distinguished_name=dn x509_extensions=v3 prompt=no '[dn]' C=US 'street=101 Second Street' postalCode=94105 'O=HashiCorp Inc.' 'CN=Consul Agent CA 1234' '[v3]' \
                basicConstraints=critical,CA:TRUE keyUsage=critical,digitalSignature,keyCertSign,cRLSign "subjectKeyIdentifier=$(printf %s "$hash" | od -An -tx1 | tr -d ' \n')" >ca.cnf
            openssl req -x509 -new -key consul-agent-ca-key.pem -config ca.cnf -days 1825 -out consul-agent-ca.pem; rm ca.cnf
            ln -s consul-agent-ca.pem a.crt; ln -s consul-agent-ca-key.pem a.key
            for who in server client; do
                issue dc1-$who-consul-0 /CN=$who.dc1.consul a $leaf $usage $both subjectAltName=DNS:$who.dc1.consul,DNS:localhost
                mv dc1-$who-consul-0.crt dc1-$who-consul-0.pem; mv dc1-$who-consul-0.key dc1-$who-consul-0-key.pem
            done
            rm a.crt a.key
            """,
            "dc1-server-consul-0.pem dc1-server-consul-0-key.pem consul-agent-ca.pem",
            "dc1-client-consul-0.pem dc1-client-consul-0-key.pem consul-agent-ca.pem"),
        ["CockroachDB"] = new(
            Commands + """
            mkdir certs my-safe-directory; root certs/ca '/O=Cockroach/CN=Cockroach CA'
            issue certs/node /O=Cockroach/CN=node certs/ca $leaf $usage $both $names
            issue certs/client.root /O=Cockroach/CN=root certs/ca $leaf $usage $client
            mv certs/ca.key my-safe-directory
            """,
            "certs/node.crt certs/node.key certs/ca.crt",
            "certs/client.root.crt certs/client.root.key certs/ca.crt"),
        ["elasticsearch-certutil"] = new(
            Commands + """
            mkdir ca node1 node2; root ca/ca '/CN=Elastic Certificate Tool Autogenerated CA'
            for who in node1 node2; do issue $who/$who /CN=$who ca/ca subjectAltName=DNS:$who,DNS:localhost; done
            openssl pkcs12 -export -in node1/node1.crt -inkey node1/node1.key -certfile ca/ca.crt -passout pass:secret -out elastic-certificates.p12
            """,
            "node1/node1.crt node1/node1.key ca/ca.crt",
            "node2/node2.crt node2/node2.key ca/ca.crt"),
    };
}
