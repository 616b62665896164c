/** Signing in and out, connections that break, and what the admin is told of it. */
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { LOOK_MS } from '../watch.ts';
import { WORDS } from '../words.ts';
import type { Running } from './harness.ts';
import { message, running } from './harness.ts';
import { Service, TOKEN } from './service.ts';

onlyLoopback();

let service: Service;
beforeAll(async () => {
  service = await Service.open();
});
afterAll(() => service.close());

const state = ({ adapter }: Running) => adapter.health().state;
const scan = (qrcode: string, status = 2) =>
  service.steer({ do: 'emit', event: 'scan', data: { qrcode, status } });
describe('signing in', () => {
  test('waits for a scan with the code in health and once in the terminal, then is online', async () => {
    await running(
      service,
      async (run) => {
        expect(state(run)).toBe('connecting');
        await untilHeard(run, 'https://login.weixin.qq.com/l/first');
        expect(run.adapter.health()).toMatchObject({ state: 'need-login', lastError: WORDS.scan });
        await scan('https://login.weixin.qq.com/l/first');
        await scan('https://login.weixin.qq.com/l/second');
        await eventually(() => run.adapter.health().qr === 'https://login.weixin.qq.com/l/second');
        await eventually(() => run.printed.length === 2);
        expect(run.printed[0]).toMatch(/[▀▄█]/);
        expect(run.lines.join()).not.toContain('login.weixin.qq.com');
        await scan('', 3);
        await eventually(() => run.adapter.health().lastError === WORDS.scanned);
        expect(run.adapter.health().qr).toBeNull();
        await service.steer({ do: 'login' });
        await eventually(() => state(run) === 'online');
        expect(run.adapter.health()).toMatchObject({ qr: null, lastError: null });
      },
      { signedIn: false },
    );
  });

  test('holds the whole account back until then', async () => {
    await running(
      service,
      async ({ adapter }) => {
        expect(await adapter.send(message('o1'))).toMatchObject({ type: 'deferred', scope: 'account' });
        await expect(adapter.fetchMedia('m1')).rejects.toThrow('not signed in');
        expect(service.said).toEqual([]);
      },
      { signedIn: false },
    );
  });

  test('asks again where the service has neither a session nor a code', async () => {
    await running(
      service,
      async (run) => {
        for (let look = 0; look < 4; look++) await pass(run, LOOK_MS);
        await eventually(() => run.adapter.health().lastError === WORDS.idle);
        await service.steer({ do: 'reset', signedIn: true });
        await pass(run, 1_000);
        await eventually(() => state(run) === 'online');
      },
      { signedIn: false },
    );
  });

  test('tells a token that is not accepted from a service that is away', async () => {
    const over = { token: 'insecure_another0token' };
    await running(
      service,
      async (run) => {
        await eventually(() => state(run) === 'kicked');
        expect(run.adapter.health().lastError).toBe(WORDS.badToken);
      },
      { over, signedIn: false },
    );
  });
});

describe('signed out', () => {
  test('stops sending, says what to do, and comes back only by a person', async () => {
    await running(service, async (run) => {
      await service.steer({ do: 'logout', reason: '{"code":4,"msg":"Session Timeout"}' });
      await eventually(() => state(run) === 'kicked');
      expect(run.adapter.health().lastError).toBe(WORDS.loggedOut);
      await eventually(() => run.lines.some((line) => line.includes('signed the account out')));
      expect(await run.adapter.send(message('o1'))).toMatchObject({ type: 'deferred', scope: 'account' });
      // No new session by itself: WeChat counts those against an account that it has just put out.
      for (let look = 0; look < 6; look++) await pass(run, LOOK_MS);
      expect(state(run)).toBe('kicked');
      await scan('https://login.weixin.qq.com/l/again');
      await eventually(() => state(run) === 'need-login');
      expect(run.adapter.health().lastError).toContain(WORDS.loggedOut);
      await service.steer({ do: 'login' });
      await eventually(() => state(run) === 'online');
      expect(run.adapter.health().lastError).toBeNull();
      expect(await run.adapter.send(message('o2'))).toMatchObject({ type: 'sent' });
    });
  });
});

describe('a connection', () => {
  test('that breaks is tried again, each time later, until it stands', async () => {
    await running(service, async (run) => {
      await service.steer({ do: 'down' });
      await eventually(() => state(run) === 'connecting');
      expect(await run.adapter.send(message('o1'))).toMatchObject({ type: 'deferred', scope: 'account' });
      for (const wait of [1_000, 2_000, 4_000]) await pass(run, wait);
      await eventually(() => run.adapter.health().lastError?.includes('连不上令牌服务') ?? false);
      await service.steer({ do: 'up' });
      await untilBack(run);
      // What waited goes by the outbox's pace: the adapter has kept nothing to let go at once.
      expect(service.said).toEqual([]);
      expect(await run.adapter.send(message('o1'))).toMatchObject({ type: 'sent' });
    });
  });

  test('that says nothing is asked for a sign of life, told of, and given up', async () => {
    await running(service, async (run) => {
      for (let look = 0; look < 4; look++) await pass(run, LOOK_MS);
      // Each question was answered, the last one perhaps not yet.
      await eventually(() => state(run) === 'online');
      await service.steer({ do: 'dongs', answer: false });
      for (let look = 0; look < 5; look++) await pass(run, LOOK_MS);
      await eventually(() => state(run) === 'degraded');
      expect(run.adapter.health().lastError).toBe(WORDS.quiet);
      await service.steer({ do: 'emit', event: 'heartbeat', data: { data: 'here' } });
      await eventually(() => state(run) === 'online');
      for (let look = 0; look < 10; look++) await pass(run, LOOK_MS);
      await eventually(() => run.timers.isWaiting(1_000));
      await pass(run, 1_000);
      await eventually(() => state(run) === 'online');
    });
  });

  test('leaves nothing on the disk: neither whom the bot knows nor, as a folder’s name, its token', async () => {
    await running(service, async (run) => {
      await service.steer({
        do: 'message',
        payload: { id: 'm1', talkerId: 'u-1', roomId: 'g-1', type: 7, text: '路灯不亮' },
      });
      await eventually(() => run.sink.effects[0]?.sender.name === '林秀英');
      expect(await readdir(homedir())).toEqual([]);
    });
  });

  test('survives whatever the puppet says is an error', async () => {
    await running(service, async (run) => {
      const gerror = JSON.stringify({ name: 'Error', message: `no contact, ${TOKEN}`, code: 2 });
      await service.steer({ do: 'emit', event: 'error', data: { gerror } });
      await service.steer({ do: 'emit', event: 'error', data: { data: 'only words' } });
      const nobody = {
        inviteeIdList: ['u-404'],
        inviterId: 'u-405',
        roomId: 'g-406',
        timestamp: 1_793_577_600,
      };
      await service.steer({ do: 'emit', event: 'room-join', data: nobody });
      await eventually(() => run.sink.effects.length === 1);
      await eventually(() => run.lines.filter((line) => line.startsWith('wechaty says')).length >= 2);
      expect(run.lines.join()).not.toContain(TOKEN);
      expect(state(run)).toBe('online');
    });
  });

  test('that never answers holds up neither start nor stop', async () => {
    await running(
      service,
      async (run) => {
        expect(state(run)).toBe('connecting');
        expect(await run.adapter.send(message('o1'))).toMatchObject({ type: 'deferred' });
      },
      { over: { endpoint: '127.0.0.1:1' }, signedIn: false },
    );
  });
});

/** gRPC itself leaves an address alone for a second or two after a failure, by the machine's clock. */
async function untilBack(run: Running): Promise<void> {
  const waits = [8_000, 16_000, 32_000, 60_000];
  for (let tries = 0; state(run) !== 'online' && tries < 5_000; tries++) {
    await eventually(() => state(run) === 'online' || waits.some((wait) => run.timers.isWaiting(wait)));
    if (state(run) !== 'online') run.timers.advanceBy(60_000);
  }
  expect(state(run)).toBe('online');
}

/** Until the adapter listens it hears nothing; the service repeats a code until it is scanned. */
async function untilHeard(run: Running, qrcode: string): Promise<void> {
  for (let tries = 0; run.adapter.health().qr !== qrcode && tries < 200; tries++) {
    await scan(qrcode);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(run.adapter.health().qr).toBe(qrcode);
}
