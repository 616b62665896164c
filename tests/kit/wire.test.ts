/** HTTP on its bad days: what the outbox must know is whether anything left. */
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import net from 'node:net';
import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Wire, WireRequest } from '../../src/kit/index.ts';
import { createWire, WireError } from '../../src/kit/index.ts';
import { onlyLoopback } from '../adapters/loopback.ts';
import { TLS } from '../adapters/loopback-tls.ts';
import { eventually } from '../adapters/support.ts';

onlyLoopback();

const SECRET = 'planted-token';
const opened: (() => void)[] = [];
const trusting = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
let wire: Wire;

beforeEach(() => {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  wire = createWire();
});
afterEach(() => {
  wire.close();
  for (const close of opened.splice(0)) close();
  if (trusting === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  else process.env.NODE_TLS_REJECT_UNAUTHORIZED = trusting;
});

/** @returns its port */
async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const plain = async (answer: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listening(http.createServer(answer))}/${SECRET}`;
const secure = async (answer: RequestListener): Promise<string> =>
  `https://127.0.0.1:${await listening(https.createServer(TLS, answer))}/${SECRET}`;
const raw = (talk: (socket: Socket) => void): Promise<number> =>
  listening(
    net.createServer((socket) => {
      socket.on('error', () => undefined);
      talk(socket);
    }),
  );

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const request = (url: string, over: Partial<WireRequest> = {}): WireRequest => ({
  url,
  method: 'POST',
  headers: { authorization: `Bearer ${SECRET}` },
  body: 'words',
  signal: null,
  maxBytes: 1_000,
  ...over,
});

/** The error, and that it tells nothing of the request. */
async function failed(given: WireRequest, by: Wire = wire): Promise<WireError> {
  const error = await by.exchange(given).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(WireError);
  expect(inspect(error, { depth: 9 })).not.toContain(SECRET);
  return error as WireError;
}

describe('an answer', () => {
  test('comes with its status, headers and bytes, whatever it says', async () => {
    const url = await plain((incoming, outgoing) => {
      incoming.toArray().then((pieces) => {
        outgoing.writeHead(503, { 'x-said': `${incoming.method} ${pieces.join('')}` }).end('no');
      });
    });
    const { status, headers, bytes } = await wire.exchange(request(url));
    expect([status, headers['x-said'], Buffer.from(bytes).toString()]).toEqual([503, 'POST words', 'no']);
    expect(wire.serverTime()).toBe(Date.parse(headers.date ?? ''));
  });

  test('that leads elsewhere is not followed', async () => {
    const asked: (string | undefined)[] = [];
    const url = await plain(({ url: path }, outgoing) => {
      asked.push(path);
      outgoing.writeHead(302, { location: 'http://elsewhere.example/' }).end();
    });
    expect(await wire.exchange(request(url))).toMatchObject({ status: 302 });
    expect(asked).toHaveLength(1);
  });

  test('given before the whole request was read counts', async () => {
    const url = await plain((_, outgoing) => {
      outgoing.writeHead(413, { connection: 'close' }).end('too large');
    });
    const endless = new Readable({
      read() {
        this.push(Buffer.alloc(10_000));
      },
    });
    expect(await wire.exchange(request(url, { body: endless }))).toMatchObject({ status: 413 });
    expect(endless.destroyed).toBe(true);
  });

  test('that changes the protocol is none', async () => {
    const port = await raw((socket) => {
      socket.on('data', () =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
      );
    });
    expect(await failed(request(`http://127.0.0.1:${port}/`))).toEqual(new WireError('UPGRADE', true));
  });

  test.each([
    ['told beforehand', { 'content-length': '2000' }],
    ['not told', {}],
  ])('longer than asked for, its length %s, breaks off', async (_, headers) => {
    const gone: boolean[] = [];
    const url = await plain((_incoming, outgoing) => {
      outgoing.on('close', () => gone.push(true));
      outgoing.writeHead(200, headers).write(Buffer.alloc(1_500));
    });
    expect(await failed(request(url))).toMatchObject({ code: 'TOO_LONG', sent: true });
    await eventually(() => gone.length === 1);
  });

  test('of just the length asked for is whole', async () => {
    const url = await plain((_, outgoing) => void outgoing.end(Buffer.alloc(1_000)));
    expect((await wire.exchange(request(url))).bytes).toHaveLength(1_000);
  });
});

describe('nothing was sent', () => {
  test('where nobody listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    expect(await failed(request(url))).toEqual(new WireError('ECONNREFUSED', false));
  });

  test('where the connection is cut within the handshake', async () => {
    const port = await raw((socket) => socket.once('data', () => socket.destroy()));
    expect(await failed(request(`https://127.0.0.1:${port}/`))).toMatchObject({ sent: false });
  });

  test('where the other side can not show who it is', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1';
    const asked: unknown[] = [];
    const url = await secure((incoming) => asked.push(incoming));
    expect(await failed(request(url))).toMatchObject({ sent: false, code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(asked).toEqual([]);
  });

  test('where it was given up before, or while the handshake hangs', async () => {
    const early = AbortSignal.abort();
    const url = await plain((_, outgoing) => void outgoing.end());
    expect(await failed(request(url, { signal: early }))).toEqual(new WireError('ABORTED', false));
    const heard = Promise.withResolvers<void>();
    const port = await raw((socket) => socket.once('data', () => heard.resolve()));
    const late = new AbortController();
    const failing = failed(request(`https://127.0.0.1:${port}/`, { signal: late.signal }));
    await heard.promise;
    late.abort();
    expect(await failing).toEqual(new WireError('ABORTED', false));
  });

  test.each([
    ['an address that is none', { url: `no address ${SECRET}` }],
    ['another protocol', { url: `ftp://127.0.0.1/${SECRET}` }],
    ['a header over two lines', { headers: { authorization: `${SECRET}\r\nx: y` } }],
  ])('for %s', async (_, over) => {
    expect(await failed({ ...request('http://127.0.0.1:9/'), ...over })).toMatchObject({ sent: false });
  });
});

describe('it may have been sent', () => {
  test.each([
    ['plain', plain],
    ['secure', secure],
  ] as const)('where the connection is cut after the request (%s)', async (_, open) => {
    const url = await open((incoming) => incoming.on('data', () => incoming.socket.destroy()));
    expect(await failed(request(url))).toEqual(new WireError('ECONNRESET', true));
  });

  test('where the answer is cut', async () => {
    const url = await plain((incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-length': '900' }).write('half', () => incoming.socket.destroy());
    });
    expect(await failed(request(url))).toEqual(new WireError('CUT', true));
  });

  test('where no answer comes until it is given up', async () => {
    const asked = Promise.withResolvers<void>();
    const url = await plain((incoming) => incoming.on('data', () => asked.resolve()));
    const giveUp = new AbortController();
    const failing = failed(request(url, { signal: giveUp.signal }));
    await asked.promise;
    giveUp.abort();
    expect(await failing).toEqual(new WireError('ABORTED', true));
  });

  test('where what was to be sent breaks off', async () => {
    const url = await plain(() => undefined);
    const asked = Promise.withResolvers<void>();
    let given = false;
    const body = new Readable({
      read() {
        if (given) asked.promise.then(() => this.destroy(new Error(`no ${SECRET}`)));
        else this.push('begun');
        given = true;
      },
    });
    const failing = failed(request(url, { body }));
    asked.resolve();
    expect(await failing).toMatchObject({ code: 'BODY' });
  });

  test('where a connection of before dies as it is used again; the next one is new', async () => {
    let connections = 0;
    const port = await raw((socket) => {
      const first = ++connections === 1;
      let asked = 0;
      socket.on('data', () => {
        if (first && ++asked === 2) return void socket.destroy();
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      });
    });
    const url = `http://127.0.0.1:${port}/`;
    expect(await wire.exchange(request(url))).toMatchObject({ status: 200 });
    // A turn for the connection to be laid by.
    await new Promise((resolve) => setImmediate(resolve));
    expect(await failed(request(url))).toMatchObject({ sent: true });
    expect(await wire.exchange(request(url))).toMatchObject({ status: 200 });
    expect(connections).toBe(2);
  });

  test('where all is closed', async () => {
    const asked = Promise.withResolvers<void>();
    const url = await plain((incoming) => incoming.on('data', () => asked.resolve()));
    const failing = failed(request(url));
    await asked.promise;
    wire.close();
    expect(await failing).toMatchObject({ sent: true });
  });
});

describe('through a proxy', () => {
  /** Answers forwarded requests itself; a tunnel is what `tunnel` makes of it. */
  async function proxied(tunnel: (socket: net.Socket, host: string) => void) {
    const seen: string[] = [];
    const server = http.createServer((incoming, outgoing) => {
      seen.push(`${incoming.method} ${incoming.url}`);
      outgoing.end('by the proxy');
    });
    server.on('connect', (incoming, socket) => {
      seen.push(`CONNECT ${incoming.url}`);
      socket.on('error', () => undefined);
      tunnel(socket as net.Socket, incoming.url ?? '');
    });
    const by = createWire(`http://127.0.0.1:${await listening(server)}`);
    opened.push(() => by.close());
    return { by, seen };
  }

  const through = (socket: net.Socket, host: string): void => {
    const onwards = net.connect(Number(host.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onwards).pipe(socket);
    });
    onwards.on('error', () => socket.destroy());
    socket.on('close', () => onwards.destroy());
  };

  test('a plain request is handed over whole', async () => {
    const { by, seen } = await proxied((socket) => socket.destroy());
    const { bytes } = await by.exchange(request('http://platform.example/call'));
    expect([Buffer.from(bytes).toString(), seen]).toEqual([
      'by the proxy',
      ['POST http://platform.example/call'],
    ]);
  });

  test('a secure one goes through a tunnel, in which the proxy reads nothing', async () => {
    const { by, seen } = await proxied(through);
    const url = await secure((_, outgoing) => void outgoing.end('by the platform'));
    const { bytes } = await by.exchange(request(url));
    expect(Buffer.from(bytes).toString()).toBe('by the platform');
    expect(seen).toEqual([`CONNECT ${new URL(url).host}`]);
  });

  test('that refuses the tunnel, or is gone, nothing was sent', async () => {
    const { by } = await proxied((socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    const url = 'https://platform.example/call';
    expect(await failed(request(url), by)).toMatchObject({ sent: false });
    const none = createWire(`http://127.0.0.1:${await freePort()}`);
    opened.push(() => none.close());
    expect(await failed(request(url), none)).toMatchObject({ sent: false });
  });

  test('that breaks off within the handshake, nothing was sent; after the request, it may have been', async () => {
    const { by } = await proxied((socket) => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.once('data', () => socket.destroy());
    });
    expect(await failed(request('https://platform.example/call'), by)).toMatchObject({ sent: false });
    const other = await proxied(through);
    const url = await secure((incoming) => incoming.on('data', () => incoming.socket.destroy()));
    expect(await failed(request(url), other.by)).toMatchObject({ sent: true });
  });
});
