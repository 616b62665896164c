/** Planted secrets, tokens, tickets and webhooks are looked for in all that leaves the adapter as words. */
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { checkup } from '../index.ts';
import type { Fault } from './fake-dingtalk.ts';
import {
  DOWNLOAD,
  FakeDingtalk,
  OPEN,
  SECRET,
  TICKET,
  TO_GROUP,
  TOKEN,
  TOKENS,
  WEBHOOK,
} from './fake-dingtalk.ts';
import { message, optionsFor, received, running } from './harness.ts';

onlyLoopback();

const chatty = `secret ${SECRET}, token ${TOKEN}1, ticket=${TICKET}1`;
const FAULTS: readonly Fault[] = [
  { status: 400, body: { code: 'somethingNew', message: chatty } },
  { status: 500, body: { code: 'systemError', message: chatty } },
  { status: 200, body: { errcode: 43004, errmsg: chatty } },
  { status: 502, body: chatty },
  'cut',
  'drop',
];

test('nothing says a secret: no log line, result, error, health or message', async () => {
  const outputs: unknown[] = [];
  await running(async (parts) => {
    const { fake, adapter, sink } = parts;
    for (const [i, fault] of FAULTS.entries()) {
      fake.fail(TO_GROUP, fault);
      outputs.push(await adapter.send(message(`o${i}`)));
      fake.fail(DOWNLOAD, fault);
      outputs.push(await adapter.fetchMedia('c').catch((error: unknown) => error));
      // It has no token yet: what DingTalk might repeat is the secret.
      fake.fail(TOKENS, { status: 400, body: { code: `some${i}`, message: `secret ${SECRET}` } });
      outputs.push(await checkup(optionsFor(fake.root).options));
    }
    sink.failures = 1;
    sink.failure = `the store said ${chatty}`;
    fake.push(received('m1'));
    await eventually(() => sink.failures === 0);
    await pass(parts, 1_000);
    fake.pushRaw(`{"type":"${TICKET}1`);
    await eventually(() => sink.effects.length === 1);
    outputs.push(sink.effects);
    fake.fail(OPEN, { status: 401, body: { code: 'authFailed', message: chatty } });
    fake.cut();
    await pass(parts, 1_000);
    await eventually(() => adapter.health().state === 'kicked');
    fake.fail(OPEN, { status: 400, body: { code: 'other', message: chatty } });
    await pass(parts, 2_000);
    await eventually(() => adapter.health().lastError?.includes('[removed]') === true);
    outputs.push(adapter.health(), parts.lines);
  });
  const said = outputs.map((one) => inspect(one, { depth: 9 })).join('\n');
  expect(said).toContain('[removed]');
  for (const secret of [SECRET, TOKEN, TICKET, WEBHOOK]) expect(said).not.toContain(secret);
});

test('the SDK prints nothing, whatever happens: stdout is the bridge’s', async () => {
  const printed: unknown[] = [];
  const { log, info, warn, error, debug } = console;
  const print = (...words: unknown[]): void => void printed.push(words);
  Object.assign(console, { log: print, info: print, warn: print, error: print, debug: print });
  const fake = await FakeDingtalk.open();
  try {
    await checkup(optionsFor(fake.root).options);
    await running(async (parts) => {
      await parts.adapter.send(message('o1'));
      parts.fake.push(received('m1'));
      parts.fake.push(received('m2'), { headers: { topic: '/v1.0/im/bot/messages/get' } });
      parts.fake.pushRaw('{');
      await eventually(() => parts.sink.effects.length === 2);
      parts.fake.door = 'closed';
      parts.fake.cut();
      await pass(parts, 1_000);
      await eventually(() => parts.adapter.health().lastError?.includes('连不上') === true);
      parts.fake.door = 'open';
      await pass(parts, 2_000);
      await eventually(() => parts.adapter.health().state === 'online');
      parts.fake.system('disconnect', { reason: 'x' });
      await pass(parts, 4_000);
      await eventually(() => parts.adapter.health().state === 'online');
    });
  } finally {
    Object.assign(console, { log, info, warn, error, debug });
    await fake.close();
  }
  expect(printed).toEqual([]);
});
