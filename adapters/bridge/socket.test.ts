import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatAdapter } from '@huiyin/core/port';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ManualClock } from '../../src/kernel/clock.ts';
import type { PlatformHarness, SpokenMessage } from '../../tests/adapters/contract.ts';
import { describeAdapter, outbound, spoken, until } from '../../tests/adapters/contract.ts';
import { START } from '../../tests/adapters/support.ts';
import type { SocketOptions } from './config.ts';
import { listenSchema } from './config.ts';
import type { BridgeSocket } from './socket.ts';
import { createBridgeSocket } from './socket.ts';
import { BRIDGE_PLAYS, lineOf, photoName, shown, times } from './testing.ts';

const TOKEN = 'a token of some length';

const newSocket = (over: Partial<SocketOptions> = {}): BridgeSocket =>
  createBridgeSocket({
    id: 'bridge',
    times,
    clock: new ManualClock(START),
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    mediaDir: null,
    filesDir: null,
    acknowledged: () => undefined,
    warn: () => undefined,
    ...over,
  });

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

/** A program that connects, and again once it was cut off. */
class Reader {
  readonly lines: Readonly<Record<string, unknown>>[] = [];
  #client: WebSocket | null = null;

  async connect(address: string): Promise<void> {
    for (let client: WebSocket | null = null; client === null; ) {
      const tried = new WebSocket(address, bearer(TOKEN));
      tried.on('message', (data) => this.lines.push(JSON.parse(String(data))));
      // 409 while the adapter has not noticed that the one before has gone.
      client = await once(tried, 'open').then(
        () => tried,
        () => null,
      );
      this.#client = client;
    }
  }

  write(line: unknown): void {
    this.#client?.send(JSON.stringify(line));
  }

  leave(): void {
    this.#client?.terminate();
  }
}

async function overSocket(): Promise<PlatformHarness> {
  const mediaDir = await mkdtemp(join(tmpdir(), 'bridge-'));
  const warned: string[] = [];
  const acks: string[] = [];
  const warn = (text: string): void => void warned.push(text);
  const adapter = newSocket({ mediaDir, warn, acknowledged: (id) => acks.push(id) });
  const reader = new Reader();
  const write = async (type: string, message: SpokenMessage): Promise<void> => {
    if (message.photo) await writeFile(join(mediaDir, photoName(message)), message.photo);
    reader.write(lineOf(message, type));
  };
  let ready: Promise<void> = Promise.resolve();
  const wrapped: ChatAdapter = {
    id: adapter.id,
    capabilities: adapter.capabilities,
    // The contract sends as soon as the adapter has started; people are there by then.
    start: async (sink) => {
      await adapter.start(sink);
      await reader.connect(adapter.address());
    },
    send: (message) => ready.then(() => adapter.send(message)),
    stop: () => adapter.stop(),
    fetchMedia: (ref) => adapter.fetchMedia(ref),
    health: () => adapter.health(),
  };
  return {
    adapter: wrapped,
    say: (message) => write('message', message),
    edit: (message) => write('edit', message),
    recall: (message) => write('recall', message),
    seen: () => shown(reader.lines),
    // Nothing comes back of what a reader that acknowledges does not acknowledge.
    answerNext() {
      reader.write({ type: 'ack', id: 'of before' });
      ready = until(() => acks.length > 0);
    },
    async cut() {
      reader.leave();
      await reader.connect(adapter.address());
    },
    logged: () => warned.join('\n'),
    secrets: [TOKEN],
    close: async () => {
      reader.leave();
      await rm(mediaDir, { recursive: true });
    },
  };
}

describeAdapter('the bridge over a socket', overSocket, { ...BRIDGE_PLAYS, cuts: true });

describe('who may connect', () => {
  let socket: BridgeSocket | null = null;
  afterEach(() => socket?.stop());

  const opened = async (): Promise<BridgeSocket> => {
    socket = newSocket();
    await socket.start({ receive: async () => ({ outcome: 'done', flushed: Promise.resolve() }) });
    return socket;
  };

  /** The HTTP status with which a connection was refused; 101 where it was not. */
  const answer = (address: string, options: { headers?: Record<string, string> }): Promise<number> =>
    new Promise((resolve) => {
      const client = new WebSocket(address, options);
      client.on('error', () => undefined);
      client.on('open', () => resolve(101));
      client.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    });

  test('whoever has the token, one at a time, and no page of a browser', async () => {
    const address = (await opened()).address();
    expect(await answer(address, {})).toBe(401);
    expect(await answer(address, bearer('wrong'))).toBe(401);
    expect(await answer(address, { headers: { ...bearer(TOKEN).headers, origin: 'http://evil' } })).toBe(403);
    expect(await answer(address, bearer(TOKEN))).toBe(101);
    expect(await answer(address, bearer(TOKEN))).toBe(409);
  });

  test('while nobody is connected messages wait; a reader that left makes room', async () => {
    const bridge = await opened();
    expect(await bridge.send(outbound('o1', 'bridge'))).toMatchObject({ type: 'deferred' });
    const client = new WebSocket(bridge.address(), bearer(TOKEN));
    await once(client, 'open');
    client.send('{broken');
    const [error] = await once(client, 'message');
    expect(JSON.parse(String(error))).toMatchObject({ code: 'bad_line', detail: 'line 1: not valid JSON' });
    client.send(JSON.stringify({ type: 'message', ...spoken('m1') }));
    const [handled] = await once(client, 'message');
    expect(String(handled)).toBe('{"type":"handled","id":"m1"}');
    client.close();
    await once(client, 'close');
    let status = 409;
    const probe = async (): Promise<void> => {
      while (status === 409) status = await answer(bridge.address(), bearer(TOKEN));
    };
    void probe();
    await until(() => status === 101, 20_000);
  });
});

describe('--listen', () => {
  test('takes loopback addresses and no others', () => {
    expect(listenSchema.parse('127.0.0.1:8790')).toEqual({ host: '127.0.0.1', port: 8790 });
    expect(listenSchema.parse('[::1]:0')).toEqual({ host: '::1', port: 0 });
    for (const wrong of ['0.0.0.0:8790', '127.0.0.1', '127.0.0.1:99999', 'example.com:80']) {
      expect(listenSchema.safeParse(wrong).success).toBe(false);
    }
  });
});
