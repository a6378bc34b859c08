// Plays ends of connections. It reads orders, lines of JSON, and prints lines of JSON: of a server first the port on which it
// listens, then of each how the connection went.
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.*;

public final class JavaPeer {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int PATIENCE = 120_000;
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n";
    private static final String REFUSAL = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?\\d+))");
    private static final Map<String, SSLServerSocket> LISTENING = new ConcurrentHashMap<>();

    private final Map<String, String> order;
    private String code = "";

    private JavaPeer(Map<String, String> order) {
        this.order = order;
    }

    public static void main(String[] arguments) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = orders.readLine()) != null; ) {
            JavaPeer peer = new JavaPeer(read(line));
            if (peer.order.get("role").equals("close")) {
                SSLServerSocket closed = LISTENING.remove(peer.order.get("id"));
                if (closed != null) closed.close();
            } else {
                new Thread(peer::play).start();
            }
        }
        System.exit(0);
    }

    private static Map<String, String> read(String line) {
        Map<String, String> members = new TreeMap<>();
        Matcher member = MEMBER.matcher(line);
        while (member.find()) {
            String text = member.group(2) == null ? member.group(3) : member.group(2);
            members.put(member.group(1), Pattern.compile("\\\\(?:u(....)|(.))").matcher(text).replaceAll(escape -> Matcher.quoteReplacement(
                escape.group(1) != null ? String.valueOf((char) Integer.parseInt(escape.group(1), 16))
                    : escape.group(2).equals("n") ? "\n" : escape.group(2))));
        }
        return members;
    }

    private void say(Object... members) {
        StringBuilder text = new StringBuilder("{\"id\":\"" + order.get("id") + "\"");
        for (int index = 0; index < members.length; index += 2) {
            text.append(",\"").append(members[index]).append("\":");
            if (members[index + 1] instanceof Integer) {
                text.append(members[index + 1]);
                continue;
            }
            text.append('"');
            for (char character : String.valueOf(members[index + 1]).toCharArray()) {
                boolean isPlain = character >= ' ' && character <= '~' && character != '"' && character != '\\';
                text.append(isPlain ? String.valueOf(character) : String.format("\\u%04x", (int) character));
            }
            text.append('"');
        }
        synchronized (LISTENING) {
            System.out.println(text.append('}'));
            System.out.flush();
        }
    }

    private void play() {
        try {
            if (order.get("role").equals("server")) {
                serve();
            } else {
                call();
            }
        } catch (Exception exception) {
            StringBuilder words = new StringBuilder(String.valueOf(exception.getMessage()));
            for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
                if (cause.getMessage() != null && words.indexOf(cause.getMessage()) < 0) words.append(": ").append(cause.getMessage());
            }
            say("code", code, "message", words);
        }
    }

    private void serve() throws Exception {
        try (SSLServerSocket server = (SSLServerSocket) context().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            LISTENING.put(order.get("id"), server);
            server.setSoTimeout(PATIENCE);
            server.setNeedClientAuth(true);
            server.setEnabledProtocols(protocols());
            say("port", server.getLocalPort());
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.setSoTimeout(PATIENCE);
                socket.startHandshake();
                ByteArrayOutputStream request = new ByteArrayOutputStream();
                while (!request.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
                    if (!readInto(request, socket.getInputStream())) throw new IOException("the other end closed the connection before any data");
                }
                X509Certificate caller = (X509Certificate) socket.getSession().getPeerCertificates()[0];
                boolean isAdmitted = !order.containsKey("admits") || new Admission(order.get("admits").split("\n")).admits(caller);
                socket.getOutputStream().write((isAdmitted ? ANSWER : REFUSAL).getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                report(socket, isAdmitted ? 200 : 403, "");
            }
        }
    }

    private void call() throws Exception {
        Socket plain = new Socket(InetAddress.getByName("127.0.0.1"), Integer.parseInt(order.get("port")));
        plain.setSoTimeout(PATIENCE);
        try (SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, order.get("host"), plain.getPort(), true)) {
            socket.setEnabledProtocols(protocols());
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            String request = "GET / HTTP/1.1\r\nHost: " + order.get("host") + "\r\nConnection: close\r\n\r\n";
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            IOException fault = null;
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                while (readInto(answer, socket.getInputStream())) { }
            } catch (IOException exception) {
                fault = exception;
            }
            String[] parts = answer.toString(StandardCharsets.ISO_8859_1).split("\r\n\r\n", 2);
            if (parts.length < 2) throw fault != null ? fault : new IOException("the other end closed the connection before any data");
            report(socket, Integer.parseInt(parts[0].split(" ")[1]), parts[1]);
        }
    }

    private static boolean readInto(ByteArrayOutputStream target, InputStream source) throws IOException {
        byte[] part = new byte[4096];
        int count = source.read(part);
        if (count > 0) target.write(part, 0, count);
        return count >= 0;
    }

    private void report(SSLSocket socket, int status, String body) throws Exception {
        SSLSession session = socket.getSession();
        say("status", status, "body", body, "version", session.getProtocol(),
            "certificate", Base64.getEncoder().encodeToString(session.getPeerCertificates()[0].getEncoded()));
    }

    private String[] protocols() {
        return order.get("minVersion").equals(order.get("maxVersion")) ? new String[] {order.get("minVersion")} : new String[] {"TLSv1.2", "TLSv1.3"};
    }

    private static KeyStore store(String file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        if (file == null) {
            store.load(null, null);
            return store;
        }
        try (InputStream content = Files.newInputStream(Path.of(file))) {
            store.load(content, PASSWORD);
        }
        return store;
    }

    private SSLContext context() throws Exception {
        KeyStore trusted = store(order.get("trustStore"));
        KeyManager[] own = {};
        if (order.containsKey("keyStore")) {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store(order.get("keyStore")), PASSWORD);
            own = new KeyManager[] {new Presenter((X509ExtendedKeyManager) keys.getKeyManagers()[0])};
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        if ((order.containsKey("at") || order.containsKey("crls")) && trusted.size() > 0) {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, new X509CertSelector());
            prepare(parameters);
            trust.init(new CertPathTrustManagerParameters(parameters));
        } else {
            trust.init(trusted);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, new TrustManager[] {new Judge((X509ExtendedTrustManager) trust.getTrustManagers()[0], trusted)}, null);
        return context;
    }

    private void prepare(PKIXParameters parameters) throws Exception {
        parameters.setDate(date());
        parameters.setRevocationEnabled(order.containsKey("crls"));
        if (order.containsKey("crls")) {
            try (InputStream crls = Files.newInputStream(Path.of(order.get("crls")))) {
                parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(CertificateFactory.getInstance("X.509").generateCRLs(crls))));
            }
        }
    }

    private Date date() {
        return order.containsKey("at") ? new Date(Long.parseLong(order.get("at")) * 1000) : new Date();
    }

    /** By itself Java presents nothing to a server that does not name the issuer. */
    private static final class Presenter extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager own;

        Presenter(X509ExtendedKeyManager own) {
            this.own = own;
        }

        @Override public String[] getClientAliases(String type, Principal[] issuers) { return own.getClientAliases(type, null); }
        @Override public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) { return own.chooseClientAlias(types, null, socket); }
        @Override public String[] getServerAliases(String type, Principal[] issuers) { return own.getServerAliases(type, null); }
        @Override public String chooseServerAlias(String type, Principal[] issuers, Socket socket) { return own.chooseServerAlias(type, null, socket); }
        @Override public X509Certificate[] getCertificateChain(String alias) { return own.getCertificateChain(alias); }
        @Override public PrivateKey getPrivateKey(String alias) { return own.getPrivateKey(alias); }
    }

    private interface Check {
        void run() throws CertificateException;
    }

    /** Java's own judgement. What it is, its exception seldom says, and the validator of paths is asked for its reason. */
    private final class Judge extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager own;
        private final KeyStore trusted;

        Judge(X509ExtendedTrustManager own, KeyStore trusted) {
            this.own = own;
            this.trusted = trusted;
        }

        @Override public X509Certificate[] getAcceptedIssuers() { return own.getAcceptedIssuers(); }
        @Override public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException { judge(chain, () -> own.checkClientTrusted(chain, type)); }
        @Override public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException { judge(chain, () -> own.checkServerTrusted(chain, type)); }
        @Override public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException { judge(chain, () -> own.checkClientTrusted(chain, type, socket)); }
        @Override public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException { judge(chain, () -> own.checkServerTrusted(chain, type, socket)); }
        @Override public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException { judge(chain, () -> own.checkClientTrusted(chain, type, engine)); }
        @Override public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException { judge(chain, () -> own.checkServerTrusted(chain, type, engine)); }

        private void judge(X509Certificate[] chain, Check check) throws CertificateException {
            try {
                check.run();
            } catch (CertificateException exception) {
                code = "REJECTED";
                for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
                    if (cause instanceof CertPathValidatorException) code = ((CertPathValidatorException) cause).getReason().toString();
                }
                if (code.equals("REJECTED") && exception.toString().contains("PKIX")) code = reason(chain);
                throw exception;
            }
        }

        private String reason(X509Certificate[] chain) {
            try {
                List<X509Certificate> path = new ArrayList<>();
                for (X509Certificate certificate : chain) {
                    if (trusted.getCertificateAlias(certificate) != null) break;
                    path.add(certificate);
                }
                PKIXParameters parameters = new PKIXParameters(trusted);
                prepare(parameters);
                CertPathValidator.getInstance("PKIX").validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            } catch (CertPathValidatorException exception) {
                return exception.getReason().toString();
            } catch (Exception exception) {
                // Then nothing more is known.
            }
            return "REJECTED";
        }
    }
}
