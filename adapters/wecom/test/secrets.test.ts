/** Planted secrets, tokens and keys are looked for in all that leaves the adapter as words. */
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually } from '../../../tests/adapters/support.ts';
import { checkup } from '../index.ts';
import { APP_SECRET, BOT_SECRET, type Fault, HOOK_KEY, TOKEN } from './fake-wecom.ts';
import { all, CALLBACK, heard, message, received, running, to } from './harness.ts';

onlyLoopback();

const chatty = [BOT_SECRET, APP_SECRET, HOOK_KEY, `${TOKEN}1`, CALLBACK.token, CALLBACK.encodingAesKey].join(
  ' ',
);
const FAULTS: readonly Fault[] = [
  { errcode: 40058, errmsg: chatty },
  { errcode: 60020, errmsg: `${chatty}, from ip: 203.0.113.9` },
  { status: 500, body: chatty },
  { status: 502, body: JSON.stringify({ errcode: 1, errmsg: chatty }) },
  'cut',
  'drop',
];

const withoutToken = (fault: Fault): Fault => JSON.parse(JSON.stringify(fault).replaceAll(`${TOKEN}1`, ''));

test('nothing says a secret: no log line, result, error or health', async () => {
  const outputs: unknown[] = [];
  await running(all, async (parts) => {
    const { fake, adapter, sink, options } = parts;
    for (const [i, fault] of FAULTS.entries()) {
      fake.fail('message/send', fault);
      outputs.push(await adapter.send(message(`p${i}`, to('zhao', 'direct'))));
      outputs.push(adapter.health());
      fake.fail('webhook/send', fault);
      outputs.push(await adapter.send(message(`w${i}`, to('g-robot'))), adapter.health());
      fake.fail('media/get', fault);
      outputs.push(await adapter.fetchMedia('a.M1').catch((error: unknown) => error));
      // It has no token yet: what WeCom might repeat is the secret.
      fake.fail('gettoken', withoutToken(fault));
      outputs.push(await checkup(options));
    }
    await heard(parts, received('m1'));
    fake.fail('aibot_send_msg', { errcode: 40058, errmsg: chatty });
    outputs.push(await adapter.send(message('b1')));
    sink.failure = `the store said ${chatty}`;
    sink.failures = 1;
    await heard(parts, received('m2'));
    await fetch(`http://127.0.0.1:${adapter.port()}/?msg_signature=${CALLBACK.token}&nonce=1&timestamp=1`);
    fake.fail('aibot_subscribe', { errcode: 40001, errmsg: chatty });
    fake.cut();
    await eventually(() => adapter.health().state === 'connecting');
    parts.timers.advanceBy(1_000);
    await eventually(() => adapter.health().state === 'kicked');
    outputs.push(adapter.health(), parts.lines);
  });
  const said = outputs.map((one) => inspect(one, { depth: 9 })).join('\n');
  expect(said).toContain('[removed]');
  expect(said).not.toContain('planted');
});

test('a log of the SDK that goes past ours is none', async () => {
  const printed: unknown[] = [];
  const { log, info, warn, error, debug } = console;
  const print = (...words: unknown[]): void => void printed.push(words);
  Object.assign(console, { log: print, info: print, warn: print, error: print, debug: print });
  try {
    await running(all, async (parts) => {
      await heard(parts, received('m1'));
      await parts.adapter.send(message('o1'));
      parts.fake.kick();
      await eventually(() => parts.adapter.health().state === 'kicked');
    });
  } finally {
    Object.assign(console, { log, info, warn, error, debug });
  }
  expect(printed).toEqual([]);
});
