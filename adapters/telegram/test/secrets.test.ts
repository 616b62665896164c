/** A planted token, webhook secret and password are looked for in all that leaves the adapter as words. */
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { outbound } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, RecordingSink } from '../../../tests/adapters/support.ts';
import { checkup } from '../index.ts';
import { redactor } from '../redact.ts';
import type { Fault } from './fake-telegram.ts';
import { FakeTelegram, refusal, TOKEN } from './fake-telegram.ts';
import { groupMessage, optionsFor, run, SECRET } from './harness.ts';

onlyLoopback();

const chatty = `no such bot ${TOKEN} at /bot${encodeURIComponent(TOKEN)}/x with ${SECRET}`;
const FAULTS: readonly Fault[] = [
  { status: 400, body: refusal(400, chatty) },
  { status: 500, body: refusal(500, chatty) },
  { status: 502, raw: chatty },
  'cut',
  'drop',
];

test('nothing says a secret: no log line, result, error or health', async () => {
  const outputs: unknown[] = [];
  const webhook = { url: 'https://x.example/', host: '127.0.0.1', port: 0, secret: SECRET };
  const fake = await FakeTelegram.open();
  fake.fail('setWebhook', { status: 400, body: refusal(400, chatty) });
  const parts = await run({ webhook }, new RecordingSink(), fake);
  await eventually(() => parts.adapter.health().lastError !== null);
  outputs.push(parts.adapter.health());
  for (const [i, fault] of FAULTS.entries()) {
    fake.fail('sendMessage', fault);
    fake.fail('getFile', fault);
    outputs.push(await parts.adapter.send(outbound(`o${i}`, 'telegram')));
    outputs.push(await parts.adapter.fetchMedia('x').catch((error: unknown) => error));
    fake.fail('getMe', fault);
    outputs.push(await checkup({ ...optionsFor(fake.root).options, webhook }));
  }
  outputs.push(await parts.adapter.fetchMedia('missing').catch((error: unknown) => error));
  await parts.stop();
  await polledWith(outputs);
  const said = [...outputs.map((one) => inspect(one, { depth: 9 })), ...parts.lines].join('\n');
  expect(said).toContain('[removed]');
  expect(said).not.toContain('planted');
  expect(said).not.toContain(TOKEN);
});

async function polledWith(outputs: unknown[]): Promise<void> {
  const parts = await run();
  await eventually(() => parts.fake.polling);
  parts.sink.receive = () => Promise.reject(new Error(`the store said ${TOKEN}`));
  parts.fake.fail('getUpdates', { status: 400, body: refusal(400, chatty) });
  parts.fake.push(groupMessage(1));
  await eventually(() => parts.lines.length >= 2);
  await eventually(() => parts.adapter.health().lastError !== null);
  outputs.push(parts.adapter.health(), parts.lines);
  await parts.stop();
}

test('a password of the proxy is a secret too', () => {
  const redact = redactor({ token: TOKEN, webhook: null, proxy: 'http://me:p%40ss-word@127.0.0.1:1' });
  expect(redact('via p@ss-word')).toBe('via [removed]');
});
