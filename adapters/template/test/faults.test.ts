/** The platform's bad days: each is one line of the list in docs/adapters.md. */
import { expect, test } from 'vitest';
import { outbound } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass, RecordingSink } from '../../../tests/adapters/support.ts';
import { createTemplate } from '../index.ts';
import { FakePlatform } from './fake-platform.ts';
import { optionsFor } from './harness.ts';

onlyLoopback();

interface Parts extends ReturnType<typeof optionsFor> {
  readonly fake: FakePlatform;
  readonly sink: RecordingSink;
  readonly adapter: ReturnType<typeof createTemplate>;
}

async function running(use: (parts: Parts) => Promise<void>, token?: string): Promise<void> {
  const fake = await FakePlatform.open();
  const parts = optionsFor(fake.root, token);
  const adapter = createTemplate(parts.options);
  const sink = new RecordingSink();
  await adapter.start(sink);
  try {
    await use({ ...parts, fake, sink, adapter });
  } finally {
    await adapter.stop();
    await fake.close();
  }
}

test.each([
  [
    { status: 429, headers: { 'retry-after': '52' } },
    { type: 'deferred', retryAfterMs: 52_000 },
  ],
  [
    { status: 429, headers: { 'retry-after': '-1' } },
    { type: 'deferred', retryAfterMs: 5_000 },
  ],
  [{ status: 503 }, { type: 'deferred', retryAfterMs: 5_000 }],
  [{ status: 500 }, { type: 'unknown' }],
  [{ status: 302 }, { type: 'rejected', permanent: true }],
  [{ status: 401 }, { type: 'rejected', permanent: false }],
  [{ status: 403 }, { type: 'rejected', permanent: true, code: 'unreachable' }],
])('a send met by %j', async (fault, result) => {
  await running(async ({ fake, adapter }) => {
    fake.failNext(fault);
    expect(await adapter.send(outbound('o1', 'template'))).toMatchObject(result);
  });
});

test('an event not taken comes again, at once and then ever more slowly; none is lost or overtaken', async () => {
  await running(async (parts) => {
    const { fake, sink, adapter } = parts;
    const event = {
      type: 'message',
      chat: { id: 'g-1', private: false },
      from: { id: 'u-1' },
      text: '灯坏了',
    };
    sink.failures = 3;
    fake.push({ ...event, id: 'm1' });
    fake.push({ ...event, id: 'm2' });
    await eventually(() => sink.received.length === 2);
    await pass(parts, 1_000);
    await pass(parts, 2_000);
    await eventually(() => sink.effects.length === 2 && adapter.health().state === 'online');
    expect(sink.effects.map(({ messageId }) => messageId)).toEqual(['m1', 'm2']);
  });
});

test('what is no event is passed over', async () => {
  await running(async ({ fake, sink }) => {
    for (const odd of [null, 'x', { type: 'message' }, { type: 'party', id: 'p' }]) fake.push(odd);
    fake.push({ type: 'message', id: 'm1', chat: { id: 'g', private: false }, from: { id: 'u' }, files: 3 });
    await eventually(() => sink.effects.length === 1);
  });
});

test('a wrong token is told in words', async () => {
  await running(async ({ adapter, lines }) => {
    await eventually(() => adapter.health().state === 'kicked');
    expect(adapter.health().lastError).toContain('token');
    expect(lines.join('\n')).not.toContain('another-planted');
  }, 'another-planted-token');
});
