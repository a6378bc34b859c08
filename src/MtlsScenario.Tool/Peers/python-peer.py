# Plays ends of connections. It reads orders, lines of JSON, and prints lines of JSON: of a server first the port on which it
# listens, then of each how the connection went.
import base64
import json
import re
import socket
import ssl
import sys
import threading

PATIENCE = 120
ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"
REFUSAL = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
listening = {}
lock = threading.Lock()


# ADMISSION
def say(order, **report):
    with lock:
        print(json.dumps({"id": order["id"], **report}), flush=True)


def context(order, protocol):
    settings = ssl.SSLContext(protocol)
    settings.verify_mode = ssl.CERT_REQUIRED
    settings.verify_flags |= 0x80000  # VERIFY_X509_PARTIAL_CHAIN: a trust anchor may be an intermediate.
    settings.minimum_version = ssl.TLSVersion[order["minVersion"].replace(".", "_")]
    settings.maximum_version = ssl.TLSVersion[order["maxVersion"].replace(".", "_")]
    if "chain" in order:
        settings.load_cert_chain(order["chain"], order["key"])
    if "anchors" in order:
        settings.load_verify_locations(order["anchors"])
    if "crls" in order:
        settings.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN
        settings.load_verify_locations(order["crls"])
    return settings


def read(stream, is_enough):
    data = b""
    while not is_enough(data):
        part = stream.recv(65536)
        if not part:
            break
        data += part
    if b"\r\n\r\n" not in data:
        raise ConnectionError("the other end closed the connection before any data")
    return data.decode("latin-1")


def seen(stream):
    return {"version": stream.version(), "certificate": base64.b64encode(stream.getpeercert(True) or b"").decode()}


def serve(order):
    settings = context(order, ssl.PROTOCOL_TLS_SERVER)
    with socket.create_server(("127.0.0.1", 0)) as server:
        listening[order["id"]] = server
        server.settimeout(PATIENCE)
        say(order, port=server.getsockname()[1])
        connection, _ = server.accept()
        connection.settimeout(PATIENCE)
        with settings.wrap_socket(connection, server_side=True) as stream:
            read(stream, lambda data: b"\r\n\r\n" in data)
            admitted = "admits" not in order or admits([entry for entry in order["admits"].split("\n") if entry], stream.getpeercert(True))
            stream.sendall((ANSWER if admitted else REFUSAL).encode())
            say(order, status=200 if admitted else 403, **seen(stream))
            try:
                stream.unwrap()
            except OSError:
                pass  # The client was gone already.


def call(order):
    settings = context(order, ssl.PROTOCOL_TLS_CLIENT)
    with socket.create_connection(("127.0.0.1", order["port"]), PATIENCE) as connection:
        with settings.wrap_socket(connection, server_hostname=order["host"]) as stream:
            stream.sendall(f"GET / HTTP/1.1\r\nHost: {order['host']}\r\nConnection: close\r\n\r\n".encode())
            head, _, body = read(stream, lambda data: False).partition("\r\n\r\n")
            say(order, status=int(head.split(" ")[1]), body=body, **seen(stream))


def play(order):
    try:
        (serve if order["role"] == "server" else call)(order)
    except Exception as fault:
        code = getattr(fault, "verify_code", "")
        say(order, message=str(fault) or type(fault).__name__, code=str(code))


for line in sys.stdin:
    given = json.loads(line)
    if given["role"] == "close":
        closed = listening.pop(given["id"], None)
        if closed:
            closed.close()
    else:
        threading.Thread(target=play, args=(given,), daemon=True).start()
