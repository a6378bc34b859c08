// Plays ends of connections. It reads orders, lines of JSON, and prints lines of JSON: of a server first the port on which it
// listens, then of each how the connection went.
package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"reflect"
	"strings"
	"sync"
	"time"
)

const (
	patience = 120 * time.Second
	answer   = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"
	refusal  = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)

type order struct {
	ID, Role, Chain, Key, Anchors, Crls, MinVersion, MaxVersion, Host string
	Port                                                              int
	At                                                                int64
	Admits                                                            *string
}

var (
	listening sync.Map
	output    sync.Mutex
	errSilent = errors.New("the other end closed the connection before any data")
)

func main() {
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var given order
		if err := json.Unmarshal(line, &given); err != nil {
			panic(err)
		}
		if given.Role == "close" {
			if listener, isThere := listening.LoadAndDelete(given.ID); isThere {
				listener.(net.Listener).Close()
			}
			continue
		}
		go given.play()
	}
}

func (o order) say(report map[string]any) {
	report["id"] = o.ID
	text, _ := json.Marshal(report)
	output.Lock()
	defer output.Unlock()
	fmt.Println(string(text))
}

func (o order) play() {
	role := o.call
	if o.Role == "server" {
		role = o.serve
	}
	if err := role(); err != nil {
		code, words := judgement(err)
		o.say(map[string]any{"code": code, "message": words})
	}
}

func (o order) settings() (*tls.Config, *tls.Certificate, error) {
	anchors, own := x509.NewCertPool(), &tls.Certificate{}
	if o.Anchors != "" {
		text, err := os.ReadFile(o.Anchors)
		if err != nil {
			return nil, nil, err
		}
		if !anchors.AppendCertsFromPEM(text) {
			return nil, nil, errors.New("a trust anchor cannot be read")
		}
	}
	if o.Chain != "" {
		pair, err := tls.LoadX509KeyPair(o.Chain, o.Key)
		if err != nil {
			return nil, nil, err
		}
		own = &pair
	}
	versions := map[string]uint16{"TLSv1.2": tls.VersionTLS12, "TLSv1.3": tls.VersionTLS13}
	settings := &tls.Config{RootCAs: anchors, ClientCAs: anchors, MinVersion: versions[o.MinVersion], MaxVersion: versions[o.MaxVersion]}
	if o.At != 0 {
		settings.Time = func() time.Time { return time.Unix(o.At, 0) }
	}
	if o.Crls != "" {
		now := time.Now
		if settings.Time != nil {
			now = settings.Time
		}
		settings.VerifyConnection = checkCrls(o.Crls, now)
	}
	return settings, own, nil
}

func (o order) serve() error {
	settings, own, err := o.settings()
	if err != nil {
		return err
	}
	settings.Certificates = []tls.Certificate{*own}
	settings.ClientAuth = tls.RequireAndVerifyClientCert
	settings.SessionTicketsDisabled = true
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer listener.Close()
	listening.Store(o.ID, listener)
	o.say(map[string]any{"port": listener.Addr().(*net.TCPAddr).Port})
	connection, err := listener.Accept()
	if err != nil {
		return err
	}
	connection.SetDeadline(time.Now().Add(patience))
	stream := tls.Server(connection, settings)
	defer stream.Close()
	if err := stream.Handshake(); err != nil {
		connection.(*net.TCPConn).CloseWrite()
		io.Copy(io.Discard, connection)
		return err
	}
	var request []byte
	for !bytes.Contains(request, []byte("\r\n\r\n")) {
		part := make([]byte, 4096)
		count, err := stream.Read(part)
		if err != nil {
			return err
		}
		request = append(request, part[:count]...)
	}
	status, text := 200, answer
	if o.Admits != nil && !admits(strings.Split(*o.Admits, "\n"), stream.ConnectionState().PeerCertificates[0]) {
		status, text = 403, refusal
	}
	if _, err := stream.Write([]byte(text)); err != nil {
		return err
	}
	o.say(seen(stream, status))
	return nil
}

func (o order) call() error {
	settings, own, err := o.settings()
	if err != nil {
		return err
	}
	settings.ServerName = o.Host
	// By itself Go presents nothing to a server that does not name the issuer.
	settings.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return own, nil }
	connection, err := net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", o.Port), patience)
	if err != nil {
		return err
	}
	connection.SetDeadline(time.Now().Add(patience))
	stream := tls.Client(connection, settings)
	defer stream.Close()
	if err := stream.Handshake(); err != nil {
		return err
	}
	// Where the server is gone already, what it said still is to be read.
	_, wrote := fmt.Fprintf(stream, "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", o.Host)
	text, err := io.ReadAll(stream)
	head, body, found := strings.Cut(string(text), "\r\n\r\n")
	if !found {
		return errors.Join(err, wrote, errSilent)
	}
	var version string
	var status int
	fmt.Sscan(head, &version, &status)
	report := seen(stream, status)
	report["body"] = body
	o.say(report)
	return nil
}

func seen(stream *tls.Conn, status int) map[string]any {
	state := stream.ConnectionState()
	version := "TLSv1.2"
	if state.Version == tls.VersionTLS13 {
		version = "TLSv1.3"
	}
	return map[string]any{"status": status, "version": version, "certificate": base64.StdEncoding.EncodeToString(state.PeerCertificates[0].Raw)}
}

// judgement says of what type an error is by which this end turned the other away, and what it says. Of an alert that came, it
// says the number, which Go has and does not show.
func judgement(err error) (code, words string) {
	var (
		alert     *net.OpError
		invalid   x509.CertificateInvalidError
		unknown   x509.UnknownAuthorityError
		host      x509.HostnameError
		extension x509.UnhandledCriticalExtension
		algorithm x509.InsecureAlgorithmError
	)
	words = err.Error()
	reasons := map[x509.InvalidReason]string{
		x509.NotAuthorizedToSign: "NotAuthorizedToSign", x509.Expired: "Expired", x509.CANotAuthorizedForThisName: "CANotAuthorizedForThisName",
		x509.TooManyIntermediates: "TooManyIntermediates", x509.IncompatibleUsage: "IncompatibleUsage", x509.NameMismatch: "NameMismatch",
		x509.NameConstraintsWithoutSANs: "NameConstraintsWithoutSANs", x509.UnconstrainedName: "UnconstrainedName",
		x509.TooManyConstraints: "TooManyConstraints", x509.CANotAuthorizedForExtKeyUsage: "CANotAuthorizedForExtKeyUsage",
	}
	switch {
	case errors.As(err, &alert) && alert.Op == "remote error":
		if value := reflect.ValueOf(alert.Err); value.Kind() == reflect.Uint8 {
			words = fmt.Sprintf("%s (alert number %d)", words, value.Uint())
		}
	case errors.Is(err, errRevoked):
		code = "Revoked"
	case errors.Is(err, errUnknown):
		code = "RevocationUnknown"
	case errors.As(err, &invalid):
		code = reasons[invalid.Reason]
		if code == "" {
			code = "Invalid"
		}
	case errors.As(err, &unknown):
		code = "UnknownAuthority"
	case errors.As(err, &host):
		code = "Hostname"
	case errors.As(err, &extension):
		code = "UnhandledCriticalExtension"
	case errors.As(err, &algorithm):
		code = "InsecureAlgorithm"
	case strings.Contains(words, "client didn't provide a certificate"):
		code = "NoCertificate"
	case strings.Contains(words, "offered only unsupported versions"), strings.Contains(words, "selected unsupported protocol version"):
		code = "Version"
	}
	return code, words
}
