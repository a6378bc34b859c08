'use strict';
// One end of one connection. Usage: node node-peer.cjs server|client OPTIONS.json
// It prints lines of JSON: a server first the port on which it listens, then each how the connection went.
const fs = require('fs');
const https = require('https');
const net = require('net');
const tls = require('tls');

const [role, optionsFile] = process.argv.slice(2);
const options = JSON.parse(fs.readFileSync(optionsFile, 'utf8'));
const text = (file) => (file ? fs.readFileSync(file, 'utf8') : undefined);
const blocks = (file) => text(file).match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g);
const common = {
  cert: text(options.chain),
  key: text(options.key),
  // An empty list is no anchors; without one, Node would take its own.
  ca: options.anchors ? blocks(options.anchors) : [],
  // Of a string with several, Node would read the first.
  crl: options.crls ? blocks(options.crls) : undefined,
  rejectUnauthorized: true,
  allowPartialTrustChain: true,
  minVersion: options.minVersion,
  maxVersion: options.maxVersion,
};

let isSaid = false;
function say(result) {
  if (!isSaid) {
    isSaid = true;
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
}

function seen(socket) {
  const raw = socket.getPeerCertificate().raw;
  // Older ones of Node, and a server, do not tell the group of TLS 1.3.
  const exchange = socket.getEphemeralKeyInfo() ?? {};
  const group = exchange.type === 'TLSGroup' ? exchange.name : null;
  return { version: socket.getProtocol(), group, certificate: raw ? raw.toString('base64') : null };
}

function fault(error, socket, judgement) {
  // A server with rejectUnauthorized ends the connection without saying why; the socket knows.
  const reason = socket?.authorizationError || judgement;
  return {
    code: error.code ?? null,
    message: judgement?.message ?? error.message,
    authorizationError: reason ? String(reason.code ?? reason) : null,
  };
}

// What a client makes of the server, as soon as it can tell. On TLS 1.2 Node shows its certificate before it acts upon
// that, so a server that turns it away may be the first to end the connection.
function judge(socket) {
  const certificate = socket.getPeerCertificate();
  return certificate?.raw ? socket.ssl?.verifyError() ?? tls.checkServerIdentity(options.host, certificate) ?? null : null;
}

function serve(isAdmitted) {
  const server = https.createServer({ ...common, requestCert: true }, (request, response) => {
    const status = isAdmitted(request.socket.getPeerCertificate()) ? 200 : 403;
    const result = { status, ...seen(request.socket) };
    response.on('close', () => {
      say(result);
      server.close();
    });
    response.writeHead(status, { 'Content-Type': 'text/plain', Connection: 'close' });
    response.end(status === 200 ? 'ok\n' : 'not admitted\n');
  });
  server.on('tlsClientError', (error, socket) => {
    say(fault(error, socket));
    server.close();
  });
  server.on('connection', (socket) => socket.on('close', () => {
    setImmediate(() => say({ message: 'the client closed the connection before a request' }));
    server.close();
  }));
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`));
}

function call() {
  let judgement = null;
  const request = https.request({
    ...common,
    agent: false,
    host: '127.0.0.1',
    port: options.port,
    path: '/',
    headers: { Host: options.host, Connection: 'close' },
    servername: net.isIP(options.host) ? '' : options.host,
    checkServerIdentity: (_, certificate) => tls.checkServerIdentity(options.host, certificate),
  }, (response) => {
    const result = { status: response.statusCode, ...seen(response.socket), body: '' };
    response.setEncoding('utf8');
    response.on('data', (part) => { result.body += part; });
    response.on('end', () => say(result));
    response.on('error', (error) => say(fault(error)));
  });
  request.on('socket', (socket) => socket.on('keylog', () => {
    judgement = judge(socket);
  }));
  request.on('error', (error) => say(fault(error, request.socket, judgement)));
  request.end();
}

if (role === 'client') {
  call();
} else {
  serve(typeof isAdmitted === 'function' ? isAdmitted : () => true);
}
