import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { describeAdapter, outbound, spoken, until } from '../../tests/adapters/contract.ts';
import { listenSchema } from './config.ts';
import type { BridgeSocket } from './socket.ts';
import { createBridgeSocket } from './socket.ts';
import { times } from './testing.ts';

const TOKEN = 'a token of some length';

const newSocket = (): BridgeSocket =>
  createBridgeSocket({
    id: 'bridge',
    times,
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    mediaDir: null,
    filesDir: null,
    acknowledged: () => undefined,
    warn: () => undefined,
  });

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

describeAdapter('the bridge over a socket', async () => {
  const adapter = newSocket();
  const lines: { id: string; type: string; chat: { id: string }; text: string }[] = [];
  let client: WebSocket | null = null;
  const connected = async (): Promise<WebSocket> => {
    if (client === null) {
      client = new WebSocket(adapter.address(), bearer(TOKEN));
      client.on('message', (data) => lines.push(JSON.parse(String(data))));
      await once(client, 'open');
    }
    return client;
  };
  // The contract sends as soon as the adapter has started; people are there by then.
  const start: BridgeSocket['start'] = async (sink) => {
    await adapter.start(sink);
    await connected();
  };
  return {
    adapter: new Proxy(adapter, {
      get: (target, name) => {
        if (name === 'start') return start;
        const value = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    }),
    say: async (message) => (await connected()).send(JSON.stringify({ type: 'message', ...message })),
    seen: () => {
      const sends = lines.filter(({ type }) => type === 'send');
      const once = [...new Map(sends.map((line) => [line.id, line])).values()];
      return once.map(({ chat, text }) => ({ chat: chat.id, text }));
    },
    close: async () => client?.terminate(),
  };
});

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
