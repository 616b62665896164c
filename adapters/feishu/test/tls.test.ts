/** Over TLS, as with Feishu itself: other sockets, other agents. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { TLS } from '../../../tests/adapters/loopback-tls.ts';
import { eventually, RecordingSink } from '../../../tests/adapters/support.ts';
import { createFeishu } from '../index.ts';
import { FakeFeishu } from './fake-feishu.ts';
import { message, optionsFor, received, SAY } from './harness.ts';

onlyLoopback();

const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
beforeEach(() => {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
});
afterEach(() => {
  if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
});

test('it connects, hears, says, notices a cut and connects again', async () => {
  const fake = await FakeFeishu.open(TLS);
  const { options, timers } = optionsFor(fake.root);
  const adapter = createFeishu(options);
  const sink = new RecordingSink();
  try {
    await adapter.start(sink);
    await eventually(() => adapter.health().state === 'online');
    fake.push(received('om_1'));
    await eventually(() => sink.effects.length === 1);
    expect(await adapter.send(message('o1'))).toMatchObject({ type: 'sent' });
    fake.fail(SAY, 'drop');
    expect(await adapter.send(message('o2'))).toMatchObject({ type: 'unknown' });
    fake.cut();
    await eventually(() => timers.isWaiting(1_000));
    timers.advanceBy(1_000);
    await eventually(() => fake.connections === 2 && adapter.health().state === 'online');
  } finally {
    await adapter.stop();
    await fake.close();
  }
});

test('what never got through the handshake was not sent', async () => {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1';
  const fake = await FakeFeishu.open(TLS);
  const adapter = createFeishu(optionsFor(fake.root).options);
  try {
    await adapter.start(new RecordingSink());
    expect(await adapter.send(message('o1'))).toMatchObject({ type: 'deferred' });
    expect(fake.calls).toEqual([]);
    await eventually(() => adapter.health().lastError !== null);
    expect(adapter.health().lastError).toContain('连不上飞书');
  } finally {
    await adapter.stop();
    await fake.close();
  }
});
