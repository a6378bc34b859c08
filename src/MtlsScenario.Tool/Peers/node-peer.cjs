'use strict';
// Plays ends of connections. It reads orders, lines of JSON, and prints lines of JSON: of a server first the port on which it
// listens, then of each how the connection went.
const fs = require('fs');
const https = require('https');
const net = require('net');
const readline = require('readline');
const tls = require('tls');

const listening = new Map();
const text = (file) => (file ? fs.readFileSync(file, 'utf8') : undefined);
const blocks = (file) => text(file).match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g);
const settings = (order) => ({
  cert: text(order.chain),
  key: text(order.key),
  // An empty list is no anchors; without one, Node would take its own.
  ca: order.anchors ? blocks(order.anchors) : [],
  // Of a string with several, Node would read the first.
  crl: order.crls ? blocks(order.crls) : undefined,
  rejectUnauthorized: true,
  allowPartialTrustChain: true,
  minVersion: order.minVersion,
  maxVersion: order.maxVersion,
});

const print = (order, report) => process.stdout.write(`${JSON.stringify({ id: order.id, ...report })}\n`);

// Says how a connection went, once.
function reporter(order) {
  let isSaid = false;
  return (report) => {
    if (!isSaid) {
      isSaid = true;
      print(order, report);
    }
  };
}

function seen(socket) {
  const raw = socket.getPeerCertificate().raw;
  // Older ones of Node, and a server, do not tell the group of TLS 1.3.
  const exchange = socket.getEphemeralKeyInfo() ?? {};
  const group = exchange.type === 'TLSGroup' ? exchange.name : null;
  return { version: socket.getProtocol(), group, certificate: raw ? raw.toString('base64') : null };
}

function fault(error, { socket, judgement, isServer } = {}) {
  // A server with rejectUnauthorized ends the connection without saying why; the socket knows.
  const reason = socket?.authorizationError || judgement;
  const code = reason ? String(reason.code ?? reason) : error.code ?? '';
  const words = `${judgement?.message ?? error.message} ${error.code ?? ''}`.trim();
  return { code, message: isServer && reason ? code : words };
}

// What a client makes of the server, as soon as it can tell. On TLS 1.2 Node shows its certificate before it acts upon
// that, so a server that turns it away may be the first to end the connection.
function judge(socket, host) {
  const certificate = socket.getPeerCertificate();
  return certificate?.raw ? socket.ssl?.verifyError() ?? tls.checkServerIdentity(host, certificate) ?? null : null;
}

function serve(order, say) {
  const isAdmitted = order.admission ? require(order.admission) : () => true;
  const server = https.createServer({ ...settings(order), requestCert: true }, (request, response) => {
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
    say(fault(error, { socket, isServer: true }));
    server.close();
  });
  server.on('connection', (socket) => socket.on('close', () => {
    setImmediate(() => say({ message: 'the client closed the connection before a request' }));
    server.close();
  }));
  listening.set(order.id, server);
  server.listen(0, '127.0.0.1', () => print(order, { port: server.address().port }));
}

function call(order, say) {
  let judgement = null;
  const request = https.request({
    ...settings(order),
    agent: false,
    host: '127.0.0.1',
    port: order.port,
    path: '/',
    headers: { Host: order.host, Connection: 'close' },
    servername: net.isIP(order.host) ? '' : order.host,
    checkServerIdentity: (_, certificate) => tls.checkServerIdentity(order.host, certificate),
  }, (response) => {
    const result = { status: response.statusCode, ...seen(response.socket), body: '' };
    response.setEncoding('utf8');
    response.on('data', (part) => { result.body += part; });
    response.on('end', () => say(result));
    response.on('error', (error) => say(fault(error)));
  });
  request.on('socket', (socket) => socket.on('keylog', () => {
    judgement = judge(socket, order.host);
  }));
  request.on('error', (error) => say(fault(error, { socket: request.socket, judgement })));
  request.end();
}

function play(order) {
  const say = reporter(order);
  try {
    (order.role === 'server' ? serve : call)(order, say);
  } catch (error) {
    // Such as a key or a certificate that Node does not load.
    say(fault(error));
  }
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const order = JSON.parse(line);
  if (order.role === 'close') {
    listening.get(order.id)?.close();
    listening.delete(order.id);
  } else {
    play(order);
  }
});
