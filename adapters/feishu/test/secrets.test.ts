/** Planted secrets, tokens and tickets are looked for in all that leaves the adapter as words. */
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { checkup } from '../index.ts';
import type { Fault } from './fake-feishu.ts';
import { FakeFeishu, SECRET, TICKET, TOKEN } from './fake-feishu.ts';
import { ENDPOINT, event, message, optionsFor, received, running, SAY, TOKENS } from './harness.ts';

onlyLoopback();

const chatty = `secret ${SECRET}, token ${TOKEN}1, key ${TICKET}-key, ticket=${TICKET}`;
const FAULTS: readonly Fault[] = [
  { status: 400, body: { code: 230001, msg: chatty } },
  { status: 500, body: { code: 55001, msg: chatty } },
  { status: 502, body: chatty },
  'cut',
  'drop',
];

test('nothing says a secret: no log line, result, error or health', async () => {
  const outputs: unknown[] = [];
  await running(async (parts) => {
    const { fake, adapter, sink } = parts;
    for (const [i, fault] of FAULTS.entries()) {
      fake.fail(SAY, fault);
      outputs.push(await adapter.send(message(`o${i}`)));
      fake.fail('GET /open-apis/im/v1/messages/om_1/resources/k', fault);
      outputs.push(await adapter.fetchMedia('om_1/file/k').catch((error: unknown) => error));
      fake.fail('DELETE /open-apis/im/v1/messages/om_1', fault);
      outputs.push(await adapter.withdraw('om_1'));
      // It has no token yet: what Feishu might repeat is the secret.
      fake.fail(TOKENS, { status: 400, body: { code: 230001 + i, msg: `secret ${SECRET}` } });
      outputs.push(await checkup(optionsFor(fake.root).options));
    }
    sink.failures = 1;
    sink.failure = `the store said ${chatty}`;
    fake.push(received('om_1'));
    fake.push(`{"schema":"2.0","x":"${TICKET}`);
    fake.push(event('card.action.trigger', 'e1', { token: TICKET }));
    await eventually(() => fake.acks.length === 2);
    fake.fail(ENDPOINT, { status: 200, body: { code: 514, msg: chatty, data: {} } });
    fake.cut();
    await pass(parts, 1_000);
    await eventually(() => adapter.health().state === 'kicked');
    outputs.push(adapter.health(), parts.lines);
  });
  const said = outputs.map((one) => inspect(one, { depth: 9 })).join('\n');
  expect(said).toContain('[removed]');
  expect(said).not.toContain('planted');
});

test('a log of the SDK that goes past ours is none', async () => {
  const fake = await FakeFeishu.open();
  const printed: unknown[] = [];
  const { log, info, warn, error, debug } = console;
  const print = (...words: unknown[]): void => void printed.push(words);
  Object.assign(console, { log: print, info: print, warn: print, error: print, debug: print });
  try {
    await checkup(optionsFor(fake.root).options);
    await running(async ({ adapter }) => void (await adapter.send(message('o1'))));
  } finally {
    Object.assign(console, { log, info, warn, error, debug });
    await fake.close();
  }
  expect(printed).toEqual([]);
});
