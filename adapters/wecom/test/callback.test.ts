/** The address that WeCom calls with what is written to the app: for nobody else. */
import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually } from '../../../tests/adapters/support.ts';
import { keyOf, seal, signatureOf } from '../crypt.ts';
import { createWecom } from '../index.ts';
import { AGENT_ID, CORP_ID, FakeWecom } from './fake-wecom.ts';
import type { Running, Setup } from './harness.ts';
import { app, CALLBACK, optionsFor, running } from './harness.ts';

onlyLoopback();

const withCallback: Setup = () => ({ app: app({ callback: CALLBACK }) });
const key = keyOf(CALLBACK.encodingAesKey) ?? Buffer.alloc(0);

const text = (id: string, over = ''): string =>
  `<xml><ToUserName><![CDATA[${CORP_ID}]]></ToUserName><FromUserName><![CDATA[zhao]]></FromUserName>` +
  `<CreateTime>1793577600</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[接单 42]]></Content>` +
  `<MsgId>${id}</MsgId><AgentID>${AGENT_ID}</AgentID>${over}</xml>`;

interface Forged {
  readonly token?: string;
  readonly receiver?: string;
  readonly skewMs?: number;
  readonly nonce?: string;
  readonly key?: Buffer;
  /** Of the address; null leaves it out. */
  readonly signature?: string | null;
}

function envelope({ clock }: Pick<Running, 'clock'>, words: string, forged: Forged = {}) {
  const receiver = forged.receiver ?? CORP_ID;
  const encrypted = seal(forged.key ?? key, { message: words, receiver }, Buffer.alloc(16, 3));
  const timestamp = String(Math.floor((clock.now() + (forged.skewMs ?? 0)) / 1_000));
  const nonce = forged.nonce ?? 'n1';
  const own = signatureOf(forged.token ?? CALLBACK.token, timestamp, nonce, encrypted);
  const signature = forged.signature === undefined ? own : forged.signature;
  const query = new URLSearchParams({
    timestamp,
    nonce,
    ...(signature !== null && { msg_signature: signature }),
  });
  const body =
    `<xml><ToUserName><![CDATA[${CORP_ID}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt>` +
    `<AgentID><![CDATA[${AGENT_ID}]]></AgentID></xml>`;
  return { encrypted, query, body };
}

const at = ({ adapter }: Running, query: URLSearchParams): string =>
  `http://127.0.0.1:${adapter.port()}/wecom?${query}`;

async function told(parts: Running, words: string, forged: Forged = {}): Promise<number> {
  const { query, body } = envelope(parts, words, forged);
  const answer = await fetch(at(parts, query), { method: 'POST', body });
  if (answer.status === 200) expect(await answer.text()).toBe('');
  return answer.status;
}

describe('the proof of the address', () => {
  const proved = async (parts: Running, forged: Forged = {}): Promise<string> => {
    const { query, encrypted } = envelope(parts, '1616140317555161061', forged);
    query.set('echostr', encrypted);
    const answer = await fetch(at(parts, query));
    return answer.status === 200 ? answer.text() : `${answer.status}`;
  };

  test('says back what WeCom sealed, and nothing to a stranger', async () => {
    await running(withCallback, async (parts) => {
      expect(await proved(parts)).toBe('1616140317555161061');
      expect(await proved(parts, { token: 'other' })).toBe('403');
      expect(await proved(parts, { signature: null })).toBe('403');
      expect(await proved(parts, { receiver: 'ww-other' })).toBe('403');
      expect(await proved(parts, { skewMs: 301_000 })).toBe('403');
    });
  });
});

test('a message is answered only after the commit, and has its effect once', async () => {
  await running(withCallback, async (parts) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    parts.sink.hold = promise;
    let status = 0;
    const telling = told(parts, text('1')).then((given) => {
      status = given;
    });
    await eventually(() => parts.sink.received.length === 1);
    expect(status).toBe(0);
    resolve();
    await telling;
    expect(status).toBe(200);
    expect(parts.sink.effects).toMatchObject([
      { eventKey: 'm:1', text: '接单 42', chat: { id: 'zhao', kind: 'direct' } },
    ]);
    expect(parts.adapter.health().lastInboundAt).toBe(parts.clock.now());
  });
});

test('one not taken is refused, so that WeCom calls again', async () => {
  await running(withCallback, async (parts) => {
    parts.sink.failures = 1;
    expect(await told(parts, text('1'))).toBe(500);
    expect(parts.adapter.health()).toMatchObject({
      state: 'degraded',
      lastError: expect.stringContaining('没有记下来'),
    });
    expect(await told(parts, text('1'))).toBe(200);
    expect(parts.adapter.health().state).toBe('online');
    expect(parts.sink.effects).toHaveLength(1);
  });
});

test('a call that is played again reaches nobody', async () => {
  await running(withCallback, async (parts) => {
    expect(await told(parts, text('1'))).toBe(200);
    expect(await told(parts, text('1'))).toBe(200);
    expect(parts.sink.received).toHaveLength(1);
    // WeCom's own repeat has another nonce: the core knows the message by its id.
    expect(await told(parts, text('1'), { nonce: 'n2' })).toBe(200);
    expect(parts.sink.received).toHaveLength(2);
    expect(parts.sink.effects).toHaveLength(1);
    parts.timers.advanceBy(301_000);
    const old = envelope(parts, text('1'), { skewMs: -301_000 });
    expect((await fetch(at(parts, old.query), { method: 'POST', body: old.body })).status).toBe(403);
  });
});

test('a press of a button comes as what it says', async () => {
  await running(withCallback, async (parts) => {
    const press = text('').replace('[text]', '[event]').replace('<MsgId></MsgId>', '');
    const event =
      '<Event><![CDATA[template_card_event]]></Event><EventKey><![CDATA[满意 42]]></EventKey><TaskId>T</TaskId>';
    expect(await told(parts, press.replace('</xml>', `${event}</xml>`))).toBe(200);
    expect(parts.sink.effects).toMatchObject([{ kind: 'action', text: '满意 42' }]);
  });
});

describe('a stranger', () => {
  test.each([
    ['without a signature', { signature: null }, 403],
    ['with an empty one', { signature: '' }, 403],
    ['with one of another token', { token: 'other' }, 403],
    ['with the beginning of one', { signature: '0123' }, 403],
    ['with another key', { key: Buffer.alloc(32, 1) }, 403],
    ['with a message for another company', { receiver: 'ww-other' }, 403],
    ['of six minutes ago', { skewMs: -360_000 }, 403],
    ['of tomorrow', { skewMs: 86_400_000 }, 403],
    ['without a nonce', { nonce: '' }, 403],
  ] as const)('%s has no effect', async (_, forged, status) => {
    await running(withCallback, async (parts) => {
      expect(await told(parts, text('1'), forged)).toBe(status);
      expect(parts.sink.received).toEqual([]);
      expect(await told(parts, text('1'))).toBe(200);
    });
  });

  const posted = async (parts: Running, body: string, query?: URLSearchParams): Promise<number> => {
    const own = query ?? envelope(parts, text('1')).query;
    return (await fetch(at(parts, own), { method: 'POST', body })).status;
  };

  test('with a message of another’s signature has none', async () => {
    await running(withCallback, async (parts) => {
      const [one, two] = [envelope(parts, text('1')), envelope(parts, text('2'))];
      expect(await posted(parts, two.body, one.query)).toBe(403);
      expect(await posted(parts, one.body, new URLSearchParams('msg_signature=a&timestamp=x&nonce=n'))).toBe(
        403,
      );
      expect(parts.sink.received).toEqual([]);
    });
  });

  test.each([
    ['nothing', ''],
    ['no XML', '{"Encrypt":"x"}'],
    [
      'an XML bomb',
      '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>',
    ],
    ['no words', '<xml><Encrypt></Encrypt></xml>'],
  ])('with %s has none', async (_, body) => {
    await running(withCallback, async (parts) => {
      expect(await posted(parts, body)).toBe(403);
      expect(parts.sink.received).toEqual([]);
    });
  });

  test('with an endless body is cut off', async () => {
    await running(withCallback, async (parts) => {
      const { query } = envelope(parts, text('1'));
      const { promise, resolve } = Promise.withResolvers<number>();
      const call = request(at(parts, query), { method: 'POST' }, (answer) => resolve(answer.statusCode ?? 0));
      call.on('error', () => resolve(413));
      call.write('x'.repeat(150_000));
      call.write('x'.repeat(150_000));
      expect(await promise).toBe(413);
      call.destroy();
    });
  });

  test('who only looks, or speaks no HTTP, is sent away', async () => {
    await running(withCallback, async (parts) => {
      const root = `http://127.0.0.1:${parts.adapter.port()}`;
      expect((await fetch(root, { method: 'PUT' })).status).toBe(405);
      expect((await fetch(`${root}/`)).status).toBe(403);
      expect((await fetch(`${root}//?msg_signature=%`)).status).toBe(403);
      const socket = connect(parts.adapter.port() ?? 0, '127.0.0.1');
      const { promise, resolve } = Promise.withResolvers<void>();
      socket.on('close', () => resolve()).on('error', () => resolve());
      socket.write('\u0016\u0003nonsense\r\n\r\n');
      socket.resume();
      await promise;
      expect(await told(parts, text('1'))).toBe(200);
    });
  });
});

test('what WeCom signed and is no message of ours is taken and forgotten', async () => {
  await running(withCallback, async (parts) => {
    expect(await told(parts, text('1').replace(String(AGENT_ID), '9'))).toBe(200);
    expect(await told(parts, 'no xml')).toBe(400);
    expect(parts.sink.received).toEqual([]);
  });
});

test('a port that is taken is said at the start', async () => {
  await running(withCallback, async ({ adapter, sink }) => {
    const fake = await FakeWecom.open();
    const callback = { ...CALLBACK, port: adapter.port() ?? 0 };
    const second = createWecom(optionsFor(fake, () => ({ app: app({ callback }) })).options);
    await expect(second.start(sink)).rejects.toThrow(/端口 \d+ 打不开（EADDRINUSE）/);
    await second.stop();
    await fake.close();
  });
});
